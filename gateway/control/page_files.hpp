#pragma once
// Private to gateway/control: the files of page/ and Chart.js, built in by page/embed.cmake.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace kpropgw::control {

struct PageFile {
    std::string_view path;  ///< "/", or below a folder whose name changes with any of the files
    std::string_view type;  ///< Content-Type
    std::string_view etag;  ///< in quotes
    bool kept;              ///< what stands at that path never changes
    const unsigned char* bytes;
    std::size_t size;

    std::string text() const { return {bytes, bytes + size}; }
};

std::span<const PageFile> page_files();

}  // namespace kpropgw::control
