#pragma once
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "gateway/store/intake.hpp"
#include "gateway/store/lmdb_store.hpp"

namespace kpropgw::outbound {

/// A store with two principals, besides what no registry goes without.
class SmallRegistry {
public:
    SmallRegistry() : directory_(std::filesystem::path("/tmp") / fmt::format("small-registry-{}", ::getpid())) {
        std::filesystem::remove_all(directory_);
        std::filesystem::create_directories(directory_);
        store_ = std::move(store::open_lmdb((directory_ / "store").string()).value());
        take("0", "0");
    }
    ~SmallRegistry() {
        store_.reset();
        std::filesystem::remove_all(directory_);
    }

    /// What the primary pushes when they expire then. Throws std::runtime_error.
    void take(const std::string& one, const std::string& other) {
        const std::pair<std::string, std::string> principals[] = {
            {"K/M@X.COM", "0"}, {"krbtgt/X.COM@X.COM", "0"}, {"one@X.COM", one}, {"two@X.COM", other}};
        std::string records;
        for (const auto& [name, expires] : principals)
            records +=
                fmt::format("princ\t38\t{}\t0\t0\t0\t{}\t0\t0\t0\t{}\t0\t0\t0\t0\t-1;\n", name.size(), name, expires);
        take_records(records);
    }

    /// What the primary pushes: version 7 lines. Throws std::runtime_error.
    void take_records(const std::string& records) {
        const std::string dump = "kdb5_util load_dump version 7\n" + records;
        File file = File::create_nameless(directory_.string()).value();
        file.write_all(dump).value();
        const auto taken = store::take_in(*store_, file, {"dump", "primary.x", "X.COM"}, system_clock());
        if (!taken) throw std::runtime_error(taken.error().text());
    }

    store::Store& store() { return *store_; }
    store::Summary summary() { return store_->snapshot().value()->summary(); }

private:
    std::filesystem::path directory_;
    std::unique_ptr<store::Store> store_;
};

}  // namespace kpropgw::outbound
