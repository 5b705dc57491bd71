# cmake -DOUT=FILE -DFILES=A,B,... -P embed.cmake: a C++ file that holds those files as page_files.hpp declares them.
#
# All but index.html are served below a folder that is named by what is in them, so that a browser may keep them for ever
# and modules find each other by their relative names; index.html says "static/" where it means that folder.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "," ";" files "${FILES}")

set(hashes "")
foreach(file IN LISTS files)
  file(SHA256 ${file} hash)
  string(APPEND hashes ${hash})
endforeach()
string(SHA256 version "${hashes}")
string(SUBSTRING ${version} 0 16 version)

set(types_html "text/html; charset=utf-8")
set(types_css "text/css; charset=utf-8")
set(types_js "text/javascript; charset=utf-8")
set(types_svg "image/svg+xml")

set(rows "")
set(arrays "")
set(number 0)
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME)
  get_filename_component(type ${file} LAST_EXT)
  string(SUBSTRING ${type} 1 -1 type)
  file(READ ${file} hex HEX)
  set(path "/${version}/${name}")
  set(kept true)
  if(name STREQUAL "index.html")
    set(path "/")
    set(kept false)
    # "static/" and "VERSION/" in hexadecimal; a name never begins at half a byte, since quotes stand before it.
    string(HEX "\"static/" placeholder)
    string(HEX "\"${version}/" folder)
    string(REPLACE "${placeholder}" "${folder}" hex "${hex}")
  endif()
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char file_${number}[] = {${bytes}};\n")
  string(APPEND rows "    PageFile{\"${path}\", \"${types_${type}}\", \"\\\"${version}\\\"\", ${kept}, file_${number}, sizeof file_${number}},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE ${OUT} "// Made by gateway/control/page/embed.cmake.
#include <array>

#include \"gateway/control/page_files.hpp\"

namespace kpropgw::control {
namespace {

${arrays}
constexpr std::array files{
${rows}};

}  // namespace

std::span<const PageFile> page_files() {
    return files;
}

}  // namespace kpropgw::control
")
