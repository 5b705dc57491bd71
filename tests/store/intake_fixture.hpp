#pragma once
#include <fmt/format.h>

#include "gateway/store/intake.hpp"
#include "tests/store/fixture.hpp"

namespace kpropgw::store {

class FixedClock : public Clock {
    Time now() const override { return Time(std::chrono::seconds(1000)); }
};

inline std::string principal(const std::string& name, int max_life = 86400, int last_success = 0, bool kadm = true) {
    const std::string tl = kadm ? "\t3\t4\tdeadbeef" : "";
    return fmt::format(
        "princ\t38\t{}\t{}\t1\t0\t{}\t0\t{}\t604800\t0\t0\t{}\t0\t0{}\t1\t4\t00000001\t1\t1\t18\t4\t0badf00d\t-1;\n",
        name.size(), kadm ? 2 : 1, name, max_life, last_success, tl);
}

inline std::string policy(const std::string& name, int max_life,
                          const std::string& newer = "\t5\t60\t600\t0\t0\t0\t-\t0") {
    return fmt::format("policy\t{}\t0\t{}\t8\t2\t3\t0{}\n", name, max_life, newer);
}

class IntakeTest : public StoreTest {
protected:
    Result<Taken> take(const std::string& records, int version = 7) {
        auto file = File::create_nameless(directory_.string()).value();
        file.write_all(fmt::format("kdb5_util load_dump version {}\n", version) + records).value();
        return take_in(*store_, file, {"dump", "primary.x", "R"}, clock_);
    }

    std::string registry() {
        auto snapshot = store_->snapshot().value();
        std::string text;
        for (const Kind kind : {Kind::principal, Kind::policy}) {
            auto cursor = snapshot->records(kind).value();
            while (cursor->next().value())
                text += std::string(cursor->line().value()) + "\n";
        }
        return text;
    }

    /// `2 put u1@R "kvno 1 to 2" new`
    std::vector<std::string> changes() {
        auto snapshot = store_->snapshot().value();
        auto cursor = snapshot->changes_after(snapshot->summary().journal_low).value();
        std::vector<std::string> found;
        while (cursor->next().value()) {
            const Change& change = cursor->change();
            found.push_back(fmt::format(
                "{} {} {} \"{}\"{}{}{}", change.serial.value, change.operation == Operation::put ? "put" : "erase",
                change.name, change.note.words, change.note.is_new ? " new" : "",
                change.note.full_only ? " full-only" : "", change.note.put_follows ? " put-follows" : ""));
        }
        return found;
    }

    Serial serial() { return store_->snapshot().value()->summary().serial; }

    std::string needed_ = principal("K/M@R") + principal("krbtgt/R@R");
    FixedClock clock_;
};

}  // namespace kpropgw::store
