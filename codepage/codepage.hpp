#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::codepage {

/// A code page by a name that people use: a CCSID ("1047"), "IBM-1047", a z/OS locale ("En_US.IBM-1047",
/// "De_DE.IBM-273@euro", "C"), an ICU name; in any case. Conversion is strict both ways: the error gives the offset
/// of the first byte that cannot be converted, counted from 0, and there is never a substitute.
/// In EBCDIC pages X'15' and X'25' both read as newline and X'15' is written.
/// Cheap to copy; safe to use from any thread.
class CodePage {
public:
    /// invalid_input names the nearest known name.
    static Result<CodePage> find(std::string_view name);
    static CodePage utf8();

    const std::string& name() const;  ///< the canonical name, "IBM-1047", "UTF-8"
    bool is_ebcdic() const;
    bool is_utf8() const;

    Result<std::string> to_utf8(std::string_view bytes) const;
    Result<std::string> from_utf8(std::string_view text) const;

    /// The same, appended to `out`, which an error leaves as it was. For a file in pieces: each must be of whole lines,
    /// because a page that shifts begins every line unshifted; `offset` is where the piece begins in the file, and
    /// the error's offset counts from there.
    Result<void> to_utf8(std::string_view bytes, std::string& out, std::uint64_t offset = 0) const;
    Result<void> from_utf8(std::string_view text, std::string& out, std::uint64_t offset = 0) const;

private:
    struct Page;
    explicit CodePage(std::shared_ptr<const Page> page) : page_(std::move(page)) {}
    std::shared_ptr<const Page> page_;
};

/// The canonical name of every page that find() knows, sorted.
const std::vector<std::string>& known_names();

/// What the first bytes of a file say of its page, where the text is known that it must begin with.
struct Opening {
    enum class Form {
        plain,    ///< as in ASCII and all that extend it, UTF-8 among them
        ebcdic,   ///< as in `pages`
        neither,  ///< as in no page that is known
    };
    Form form = Form::neither;
    std::vector<std::string> pages;  ///< every page that writes the text so, the most usual first
};

/// `text` is ASCII without a line end. A beginning that is shorter is compared as far as it goes.
Opening recognise_opening(std::string_view beginning, std::string_view text);

/// The page of a file that must begin with `text` (a dump: "kdb5_util load_dump version "): the one of `name`, the
/// value of --codepage, when given; UTF-8, which needs no conversion, when it begins as in ASCII or in no page at all;
/// for EBCDIC that of LC_ALL, LC_CTYPE or LANG. A few letters do not tell EBCDIC's pages apart: where nothing names
/// one, the error lists those that it may be and asks. Nor does it take a page that would write `text` otherwise.
Result<CodePage> page_of_file(std::string_view beginning, std::string_view text,
                              const std::optional<std::string>& name);

/// The page of text that comes without a name: UTF-8, or EBCDIC where every page that the text may be in reads the
/// same characters. `words` are such that one of them stands in every text of the kind, in any case (the roles of
/// kpropd.acl); they tell katakana pages from others, and EBCDIC from odd ASCII. The error says which pages are open,
/// by which character, and asks for the name.
Result<CodePage> detect(std::string_view bytes, std::span<const std::string_view> words = {});

/// The text of a file: by `name` when given; else UTF-8 where detect() says so; else by LC_ALL, LC_CTYPE or LANG where
/// that names an EBCDIC page that may be it; else by detect(); else by that locale, whatever page it names.
/// A byte order mark of UTF-8 is dropped.
Result<std::string> decode(std::string_view bytes, const std::optional<std::string>& name,
                           std::span<const std::string_view> words = {});

}  // namespace kpropgw::codepage
