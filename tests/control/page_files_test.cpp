// The page as it is served: whole, kept by browsers where it may be, and with nothing of elsewhere.
#include "gateway/control/page_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "base/file.hpp"
#include "tests/control/page_fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

const PageFile& file(std::string_view name) {
    for (const PageFile& each : page_files()) {
        if (each.path.ends_with(name)) return each;
    }
    throw std::runtime_error("no such file");
}

TEST(PageFiles, AreWhatStandsInTheTree) {
    for (const char* name : {"page.js", "page.css", "icon.svg"}) {
        const auto path = std::string(KPROPGW_SOURCE_DIR "/gateway/control/page/") + name;
        EXPECT_EQ(file(name).text(), read_file(path, 1 << 20).value()) << name;
    }
    EXPECT_THAT(file("chart.min.js").text(), HasSubstr("Chart.js v"));
}

TEST(PageFiles, TheFirstOneRefersToOthersThatAreThere) {
    const std::string html = file("/").text();
    EXPECT_THAT(html, Not(HasSubstr("static/")));
    const std::regex reference(R"~((?:src|href)="([^"]+)")~");
    std::size_t references = 0;
    for (std::sregex_iterator at(html.begin(), html.end(), reference), end; at != end; ++at, ++references) {
        const std::string path = "/" + (*at)[1].str();
        EXPECT_TRUE(std::any_of(page_files().begin(), page_files().end(), [&](auto& each) {
            return each.path == path;
        })) << path;
    }
    EXPECT_EQ(references, 4u);
}

TEST(PageFiles, NothingStandsInlineWhereThePolicyForbidsIt) {
    EXPECT_THAT(file("/").text(),
                Not(testing::ContainsRegex("<style|style=|onclick|onload|<script>|javascript:|http://")));
}

TEST(PageFiles, AreServedToBeKeptButForTheFirst) {
    const RunningPage page(page_source());
    EXPECT_THAT(page.get("/"),
                AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Content-Type: text/html; charset=utf-8\r\n"),
                      HasSubstr("Cache-Control: no-cache\r\n"), EndsWith("</html>\n")));
    EXPECT_THAT(page.get(std::string(file("page.js").path)),
                AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Content-Type: text/javascript; charset=utf-8\r\n"),
                      HasSubstr("Cache-Control: public, max-age=31536000, immutable\r\n")));
}

TEST(PageFiles, WhoHasItIsToldSo) {
    const RunningPage page(page_source());
    const std::string again = page.get("/", "If-None-Match: " + std::string(file("/").etag) + "\r\n");
    EXPECT_THAT(again, AllOf(StartsWith("HTTP/1.1 304"), EndsWith("\r\n\r\n"), HasSubstr("Content-Security-Policy")));
    EXPECT_THAT(page.get("/", "If-None-Match: \"older\"\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST(PageFiles, WhoCameIntoTheFileSinceTheLastSampleHasAHistoryToo) {
    Status status = full_status();
    PageSource source = page_source();
    source.status = [&] { return Result<Status>(status); };
    RunningPage page(source);
    page.get("/v1/history?host=a.example.com");
    page.on_loop([&] { status.secondaries[0].host = "new.example.com"; });
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    EXPECT_THAT(page.get("/v1/history?host=new.example.com"), StartsWith("HTTP/1.1 200"));
}

TEST(PageFiles, TheHistoryOfASecondaryIsServed) {
    const RunningPage page(page_source());
    EXPECT_THAT(page.get("/v1/history?host=b.example.com"),
                AllOf(StartsWith("HTTP/1.1 200"), HasSubstr(R"("samples":[[)")));
    EXPECT_THAT(page.get("/v1/history?host=z.example.com"), StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(page.get("/v1/history"), StartsWith("HTTP/1.1 400"));
}

}  // namespace
