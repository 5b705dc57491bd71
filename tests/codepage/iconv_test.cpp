#include <gtest/gtest.h>
#include <iconv.h>

#include "codepage/codepage.hpp"

// The C library's tables are made by others: what they and ours both read must be the same. Left out are its 278, 285,
// 290, 871 and 1026, which put a few characters elsewhere than the CCSIDs do (278 swaps É and the backslash, 290 has
// fullwidth kana).
namespace kpropgw::codepage {
namespace {

class Iconv {
public:
    explicit Iconv(const std::string& page) : handle_(::iconv_open("UTF-8", page.c_str())) {}
    ~Iconv() {
        if (is_open()) ::iconv_close(handle_);
    }
    Iconv(const Iconv&) = delete;
    Iconv& operator=(const Iconv&) = delete;

    bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

    std::optional<std::string> read(std::string bytes) {
        std::string text(16, '\0');
        char* source = bytes.data();
        char* target = text.data();
        std::size_t left = bytes.size();
        std::size_t room = text.size();
        ::iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        if (::iconv(handle_, &source, &left, &target, &room) == static_cast<std::size_t>(-1)) return std::nullopt;
        text.resize(text.size() - room);
        return text;
    }

private:
    iconv_t handle_;
};

class AgainstIconv : public testing::TestWithParam<const char*> {};

TEST_P(AgainstIconv, ReadsTheSame) {
    const auto page = CodePage::find(GetParam());
    ASSERT_TRUE(page) << page.error();
    Iconv iconv("IBM" + std::string(GetParam()));
    ASSERT_TRUE(iconv.is_open());
    int compared = 0;
    constexpr unsigned first_graphic = 0x40;
    for (unsigned value = first_graphic; value < 0xFF; ++value) {
        const std::string byte(1, static_cast<char>(value));
        const auto theirs = iconv.read(byte);
        const auto ours = page->to_utf8(byte);
        if (!theirs || !ours) continue;
        EXPECT_EQ(*ours, *theirs) << value;
        ++compared;
    }
    EXPECT_GT(compared, 100);
}

INSTANTIATE_TEST_SUITE_P(Pages, AgainstIconv,
                         testing::Values("037", "273", "277", "280", "284", "297", "500", "939", "1047", "1140", "1141",
                                         "1142", "1143", "1144", "1145", "1146", "1147", "1148", "1149"));

}  // namespace
}  // namespace kpropgw::codepage
