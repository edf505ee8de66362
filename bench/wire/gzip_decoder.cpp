#include "bench/wire/gzip_decoder.h"

#include "bench/wire/error.h"

namespace streamgauge::wire {

boost::system::result<void> GzipDecoder::feed(std::string_view bytes, ByteSink& sink) {
    if (failed_) return Error::corrupt_content_coding;
    while (!bytes.empty()) {
        if (!inflater_.active()) failed_ = inflater_.begin(Inflater::Container::gzip).has_error();
        const auto taken = failed_ ? Error::corrupt_content_coding : inflater_.feed(bytes, sink);
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
