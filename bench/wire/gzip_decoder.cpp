#include "bench/wire/gzip_decoder.h"

#include "bench/wire/error.h"

namespace streamgauge::wire {
namespace {

/// zlib looks at a member's header only once it has two bytes of it.
constexpr char first_byte = 0x1F;

}  // namespace

boost::system::result<void> GzipDecoder::feed(std::string_view bytes, ByteSink& sink) {
    if (failed_) return Error::corrupt_content_coding;
    while (!bytes.empty()) {
        if (!inflater_.active())
            failed_ = bytes.front() != first_byte || !inflater_.begin(Inflater::Container::gzip);
        if (failed_) return Error::corrupt_content_coding;
        const auto taken = inflater_.feed(bytes, sink);
        failed_ = taken.has_error();
        if (failed_) return taken.error();
        bytes.remove_prefix(*taken);
    }
    return {};
}

void GzipDecoder::reset() {
    *this = GzipDecoder();
}

}  // namespace streamgauge::wire
