#include "bench/net/source_addresses.h"

namespace streamgauge::net {

SourceAddresses::SourceAddresses(const std::vector<std::string>& addresses) {
    for (const auto& address : addresses)
        addresses_.push_back(boost::asio::ip::make_address(address));
}

std::optional<boost::asio::ip::address> SourceAddresses::next_for(
    const boost::asio::ip::address& destination) {
    for (std::size_t i = 0; i < addresses_.size(); ++i) {
        const auto& address = addresses_[next_];
        next_ = (next_ + 1) % addresses_.size();
        if (address.is_v4() == destination.is_v4()) return address;
    }
    return std::nullopt;
}

}  // namespace streamgauge::net
