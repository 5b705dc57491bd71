#pragma once
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <optional>
#include <utility>

namespace kpropgw::net {

namespace asio = boost::asio;

/// Runs `work` on the pool and resumes where the coroutine lives with what it gave or threw. It is never cut short:
/// the pool must be joined before the coroutine's executor goes.
template <class Work>
asio::awaitable<std::invoke_result_t<Work&>> offload(asio::thread_pool& pool, Work work) {
    std::optional<std::invoke_result_t<Work&>> result;
    std::exception_ptr thrown;
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [&](auto resume) {
            asio::post(pool, [&, resume = std::move(resume)]() mutable {
                try {
                    result.emplace(work());
                } catch (...) {
                    thrown = std::current_exception();
                }
                const auto home = asio::get_associated_executor(resume);
                asio::post(home, std::move(resume));
            });
        },
        asio::use_awaitable);
    if (thrown) std::rethrow_exception(thrown);
    co_return std::move(*result);
}

}  // namespace kpropgw::net
