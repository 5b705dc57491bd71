#include "acl/grammar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/fusion/include/adapt_struct.hpp>
#include <boost/spirit/home/x3.hpp>

#include "base/nearest.hpp"

namespace kpropgw::acl {
namespace {

using Word = boost::iterator_range<const char*>;

/// Fields as the grammar fills them.
struct Words {
    Word host;
    boost::optional<Word> port;
    Word role;
    boost::optional<Word> enctype;
};

}  // namespace
}  // namespace kpropgw::acl

BOOST_FUSION_ADAPT_STRUCT(kpropgw::acl::Words, host, port, role, enctype)

namespace kpropgw::acl {
namespace {

namespace grammar {

namespace x3 = boost::spirit::x3;

// IBM, "Kerberos database propagation", the file kpropd.acl:
//
//     A semicolon in the first position begins a comment. Blank lines are ignored.
//     host[:port]   role   [encryption type]        separated by blanks or tabs

const auto blank = x3::omit[x3::char_(" \t")];
const auto word_character = ~x3::char_(" \t");

const x3::rule<struct HostTag, Word> host{"a host name"};
const x3::rule<struct PortTag, Word> port{"a port number after the colon"};
const x3::rule<struct RoleTag, Word> role{"a role (Primary, Replace, Compat, Update or Manual)"};
const x3::rule<struct EnctypeTag, Word> enctype{"an encryption type"};
const x3::rule<struct EndTag> end{"the end of the line"};

const auto host_def = x3::raw[+(word_character - ':')];
const auto port_def = x3::raw[+word_character];
const auto role_def = +blank >> x3::raw[+word_character];
const auto enctype_def = +blank >> x3::raw[+word_character];
const auto end_def = *blank >> x3::eoi;

BOOST_SPIRIT_DEFINE(host, port, role, enctype, end)

const auto comment = ';' >> x3::omit[*x3::char_];
const auto nothing = *blank >> x3::eoi;
const auto entry = *blank > host > -(':' > port) > role > -enctype > end;

// MIT krb5, kpropd(8): a principal that may send, and perhaps the encryption type of its ticket.
const auto component = +(word_character - '/' - '@');
const auto principal = x3::omit[component] >> '/' >> x3::raw[component] >> '@' >> x3::omit[+word_character];
const auto mit_entry = *blank >> principal >> x3::omit[-enctype] >> end;

}  // namespace grammar

std::string_view to_view(const Word& word) {
    return {word.begin(), word.size()};
}

std::optional<std::string_view> to_view(const boost::optional<Word>& word) {
    if (!word) return std::nullopt;
    return to_view(*word);
}

std::string_view first_word(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text.substr(0, text.find_first_of(" \t"));
}

template <class Grammar, class... Attribute>
bool matches(std::string_view line, const Grammar& grammar, Attribute&... attribute) {
    const char* first = line.data();
    return grammar::x3::parse(first, line.data() + line.size(), grammar, attribute...);
}

/// Where a word begins with that sign.
std::optional<std::size_t> find_word(std::string_view line, char sign) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool begins_word = at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t';
        if (begins_word && line[at] == sign) return at;
    }
    return std::nullopt;
}

Fault describe(const grammar::x3::expectation_failure<const char*>& failure, std::string_view line) {
    const std::string_view found = first_word(line.substr(static_cast<std::size_t>(failure.where() - line.data())));
    if (found.empty()) return {line.substr(line.size()), fmt::format("expected {}", failure.which())};
    return {found, fmt::format("expected {}, not \"{}\"", failure.which(), found)};
}

}  // namespace

Line parse_line(std::string_view line) {
    if (matches(line, grammar::comment) || matches(line, grammar::nothing)) return {Blank{}, {}};
    std::optional<Fault> passed_over;
    if (const auto at = find_word(line, ';')) {
        passed_over = Fault{line.substr(*at, 1),
                            "\";\" begins a comment only in the first position; what follows it is passed over here, "
                            "which z/OS need not do: give it a line of its own"};
        line = line.substr(0, *at);
        if (matches(line, grammar::nothing)) return {Blank{}, passed_over};
    }
    if (const auto at = find_word(line, '#')) {
        return {Fault{line.substr(*at, 1), "\"#\" does not begin a comment; write \";\" in the first position"}, {}};
    }
    if (Word host; matches(line, grammar::mit_entry, host)) {
        const std::string_view word = first_word(line);
        return {Blank{},
                Fault{word, fmt::format("\"{}\" is the one field of MIT's kpropd.acl and names no server here; "
                                        "write \"{}  Replace\", or another role: Primary if it sends, Compat, "
                                        "Update, Manual",
                                        word, to_lower(to_view(host)))}};
    }
    try {
        Words words;
        matches(line, grammar::entry, words);
        return {Fields{to_view(words.host), to_view(words.port), to_view(words.role), to_view(words.enctype)},
                passed_over};
    } catch (const grammar::x3::expectation_failure<const char*>& failure) {
        return {describe(failure, line), passed_over};
    }
}

}  // namespace kpropgw::acl
