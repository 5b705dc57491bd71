#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gateway/store/lmdb_store.hpp"

namespace kpropgw::store {

namespace fs = std::filesystem;

inline Time at(std::int64_t seconds) {
    return Time(std::chrono::seconds(seconds));
}

/// A store in a folder of its own.
class StoreTest : public testing::Test {
protected:
    StoreTest() : directory_(fs::path(testing::TempDir()) / ("store-" + std::to_string(::getpid()))) {
        fs::remove_all(directory_);
        open();
    }
    ~StoreTest() override {
        store_.reset();
        fs::remove_all(directory_);
    }

    void open() {
        store_.reset();
        auto opened = open_lmdb(directory_.string());
        ASSERT_TRUE(opened) << opened.error();
        store_ = std::move(*opened);
    }

    std::vector<std::string> lines(Kind kind) {
        auto snapshot = store_->snapshot().value();
        auto cursor = snapshot->records(kind).value();
        std::vector<std::string> found;
        while (cursor->next().value())
            found.emplace_back(cursor->line().value());
        return found;
    }

    fs::path directory_;
    std::unique_ptr<Store> store_;
};

}  // namespace kpropgw::store
