#include "bench/net/name_cache.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace streamgauge::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::minutes answer_lifetime{1};

struct NameCache::Entry {
    Lookup lookup;
    bool pending = true;
    Clock::time_point expires{};
    std::vector<asio::steady_timer*> waiters;
};

asio::awaitable<void> NameCache::look_up(std::shared_ptr<Entry> entry, std::string host, std::uint16_t port) {
    tcp::resolver resolver{context_};
    const auto [error, results] =
        co_await resolver.async_resolve(host, std::to_string(port), tcp::resolver::numeric_service, as_tuple);
    entry->lookup.error = error;
    for (const auto& result : results)
        entry->lookup.addresses.push_back(result.endpoint());
    entry->pending = false;
    entry->expires = Clock::now() + (error ? Clock::duration{std::chrono::seconds{1}} : answer_lifetime);
    for (auto* waiter : entry->waiters)
        waiter->cancel();
    entry->waiters.clear();
}

asio::awaitable<Lookup> NameCache::resolve(std::string host, std::uint16_t port, Clock::time_point deadline) {
    boost::system::error_code not_an_address;
    if (const auto address = asio::ip::make_address(host, not_an_address); !not_an_address) {
        co_return Lookup{{tcp::endpoint{address, port}}, {}};
    }
    auto& slot = entries_[{host, port}];
    if (!slot || (!slot->pending && slot->expires <= Clock::now())) {
        slot = std::make_shared<Entry>();
        asio::co_spawn(context_, look_up(slot, host, port), asio::detached);
    }
    const auto entry = slot;
    if (entry->pending) {
        asio::steady_timer timer{context_, deadline};
        entry->waiters.push_back(&timer);
        co_await timer.async_wait(as_tuple);
        std::erase(entry->waiters, &timer);
    }
    if (entry->pending) co_return Lookup{{}, asio::error::timed_out};
    co_return entry->lookup;
}

void NameCache::remember(const std::string& host, std::uint16_t port, std::vector<tcp::endpoint> addresses) {
    auto entry = std::make_shared<Entry>();
    entry->lookup.addresses = std::move(addresses);
    entry->pending = false;
    entry->expires = Clock::time_point::max();
    entries_[{host, port}] = std::move(entry);
}

void NameCache::abort() {
    for (auto& [name, entry] : entries_) {
        for (auto* waiter : entry->waiters)
            waiter->cancel();
    }
}

}  // namespace streamgauge::net
