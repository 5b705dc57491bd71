#pragma once
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace kpropgw::cli {

/// One for each core that this process may use, and at most 4: what they share is busy then.
unsigned usual_workers();

/// A few threads that do what they are given, in the order in which it is given.
class Workers {
public:
    explicit Workers(unsigned count);
    /// Ends what is under way and forgets the rest.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// What `work` gives or throws is the future's.
    template <class Work>
    auto give(Work work) -> std::future<decltype(work())> {
        auto task = std::make_shared<std::packaged_task<decltype(work())()>>(std::move(work));
        auto outcome = task->get_future();
        put([task] { (*task)(); });
        return outcome;
    }

private:
    void put(std::function<void()> task);
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<std::function<void()>> tasks_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace kpropgw::cli
