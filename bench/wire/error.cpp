#include "bench/wire/error.h"

#include <string>

namespace streamgauge::wire {
namespace {

const char* sentence(Error error) {
    switch (error) {
        case Error::bad_status_line:
            return "The answer does not begin with an HTTP/1.x status line";
        case Error::bad_header:
            return "The response header is not valid HTTP/1.x";
        case Error::header_too_large:
            return "The response header is larger than 64 KiB";
        case Error::bad_content_length:
            return "The Content-Length of the response is not one number";
        case Error::conflicting_framing:
            return "The response has both a Content-Length and a Transfer-Encoding";
        case Error::unsupported_transfer_coding:
            return "The response uses a transfer coding other than chunked";
        case Error::bad_chunk_size:
            return "A chunk of the response has an invalid size line";
        case Error::bad_chunk_end:
            return "A chunk of the response does not end where its size says";
        case Error::trailer_too_large:
            return "The trailer of the response is larger than 64 KiB";
        case Error::unknown_content_coding:
            return "The response uses a content coding that is not supported";
        case Error::corrupt_content_coding:
            return "The compressed body of the response cannot be decoded";
        case Error::event_too_large:
            return "An event of the stream is larger than the bound";
        case Error::bad_json:
            return "The data of an event is not the JSON the API promises";
    }
    return "Unknown error of the wire";
}

// Boost's category has a protected destructor on purpose: categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "streamgauge.wire"; }
    std::string message(int value) const override { return sentence(static_cast<Error>(value)); }
};
#pragma GCC diagnostic pop

}  // namespace

const boost::system::error_category& error_category() {
    static const Category category;
    return category;
}

}  // namespace streamgauge::wire
