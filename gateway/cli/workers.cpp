#include "gateway/cli/workers.hpp"

#include <algorithm>

namespace kpropgw::cli {

unsigned usual_workers() {
    return std::clamp(std::thread::hardware_concurrency(), 1u, 4u);
}

Workers::Workers(unsigned count) {
    for (unsigned i = 0; i < count; ++i)
        threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_)
        thread.join();
}

void Workers::put(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push(std::move(task));
    }
    changed_.notify_one();
}

void Workers::work() {
    for (;;) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (ending_) return;
        const auto task = std::move(tasks_.front());
        tasks_.pop();
        lock.unlock();
        task();
    }
}

}  // namespace kpropgw::cli
