#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "acl/write.hpp"
#include "base/output_file.hpp"
#include "codepage/codepage.hpp"
#include "gateway/cli/acl_json.hpp"
#include "gateway/cli/codepage_option.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/server_list.hpp"

namespace kpropgw::cli {
namespace {

struct ConvertArguments {
    std::string file;
    std::string to;
    std::optional<std::string> codepage;
    std::optional<std::string> to_codepage;
    std::optional<std::string> realm;
    std::string out = "-";
};

/// The list holds no secrets, and every KDC's user must read it.
constexpr mode_t output_mode = 0644;

/// What MIT's parser takes as it stands, without escapes: no separator, no blank, no control character.
bool is_plain_realm(std::string_view realm) {
    return !realm.empty() && std::none_of(realm.begin(), realm.end(), [](char c) {
        return c == '@' || c == '/' || c == '\\' || c == '\x7F' || static_cast<unsigned char>(c) <= ' ';
    });
}

void check_usage(const ConvertArguments& arguments) {
    if (arguments.to == "mit" && !arguments.realm) throw CLI::RequiredError("--realm with --to mit");
    if (arguments.to != "mit" && arguments.realm) throw CLI::ValidationError("--realm", "only --to mit has a realm");
    if (arguments.realm && !is_plain_realm(*arguments.realm)) {
        throw CLI::ValidationError("--realm", fmt::format("\"{}\" is no realm's name", *arguments.realm));
    }
    if (arguments.to == "json" && arguments.to_codepage) {
        throw CLI::ValidationError("--to-codepage", "JSON is in UTF-8 always (RFC 8259); leave it out");
    }
}

std::string convert_text(const ConvertArguments& arguments, const acl::Acl& acl, const ServerText& text) {
    if (arguments.to == "zos") return acl::to_zos_text(text.utf8);
    if (arguments.to == "json") return to_json(acl);
    for (const acl::Loss& loss : acl::lost_in_mit_text(acl, text.utf8))
        fmt::print(stderr, "{}:{}: lost: {}\n", text.name, loss.line, loss.text);
    return acl::to_mit_text(acl, *arguments.realm);
}

/// The error names the line that the page has no place for.
Result<std::string> encode(std::string_view utf8, const std::optional<std::string>& name, const std::string& file) {
    const auto page = name ? codepage::CodePage::find(*name) : codepage::CodePage::utf8();
    if (!page) return page.error();
    std::string bytes;
    for (std::size_t number = 1; !utf8.empty(); ++number) {
        const std::string_view line = utf8.substr(0, utf8.find('\n') + 1);
        if (auto done = page->from_utf8(line, bytes); !done) return done.error().in(fmt::format("{}:{}", file, number));
        utf8.remove_prefix(line.size());
    }
    return bytes;
}

Result<void> write(const std::string& path, std::string_view bytes) {
    auto output = OutputFile::create(path, output_mode);
    if (!output) return output.error();
    if (auto written = output->write(bytes); !written) return written;
    return output->commit();
}

int convert(const ConvertArguments& arguments) {
    check_usage(arguments);
    const auto text = read_server_text(arguments.file, arguments.codepage);
    if (!text) return fail(text.error());
    const acl::Reading reading = acl::parse(text->utf8, text->name);
    if (!reading.acl) {
        print_diagnostics(reading);
        fmt::print(stderr, "{}: {}; nothing is written\n", text->name, summary(reading));
        return EX_DATAERR;
    }
    const auto bytes = encode(convert_text(arguments, *reading.acl, *text), arguments.to_codepage, text->name);
    if (!bytes) return fail(bytes.error());
    const auto written = write(arguments.out, *bytes);
    return written ? EX_OK : fail(written.error());
}

}  // namespace

Action set_up_acl_convert(CLI::App& app) {
    auto arguments = std::make_shared<ConvertArguments>();
    app.add_option("FILE", arguments->file, "the file, three fields a line; - is stdin")->required();
    app.add_option("--to", arguments->to, "zos keeps comments and order; mit is one field a line; json for programs")
        ->required()
        ->check(CLI::IsMember({"zos", "mit", "json"}))
        ->type_name("FORM");
    add_codepage_option(app, arguments->codepage);
    add_to_codepage_option(app, arguments->to_codepage);
    app.add_option("--realm", arguments->realm, "for --to mit")->type_name("REALM");
    app.add_option("-o,--output", arguments->out, "where to; - is stdout")->type_name("OUT")->capture_default_str();
    return [arguments] { return convert(*arguments); };
}

}  // namespace kpropgw::cli
