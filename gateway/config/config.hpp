#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "formats/record.hpp"

namespace kpropgw::config {

enum class DnsCheck { require, warn, off };

struct Listen {
    std::string address;  ///< numeric, "::" for any
    std::uint16_t port = 0;
};

/// How the registry arrives.
struct Source {
    enum class Kind { kprop, iprop, ulog };
    Kind kind = Kind::kprop;
    std::string host;        ///< of iprop: the primary, or another gateway
    std::uint16_t port = 0;  ///< of iprop
    std::string file;        ///< of ulog: the primary's iprop_logfile, on this machine
};

/// What one [secondary] line sets.
struct Secondary {
    std::optional<formats::DumpVersion> dump;  ///< pinned; absent: learned
    std::optional<std::uint64_t> min_rate;     ///< bytes a second below which a transfer is dropped
    std::optional<std::uint64_t> kdc_port;     ///< where its KDC listens; absent: 88
    bool update_compat = false;                ///< full resyncs as MIT 1.8 to 1.10 load them
    bool operator==(const Secondary&) const = default;
};

/// Everything that kpropgw.conf decides, defaults filled in, paths absolute.
struct Config {
    std::string file;
    std::string realm;  ///< default: libkrb5's default realm
    std::string host;   ///< the gateway's own name; default: the machine's canonical name
    std::string acl_file;
    std::optional<std::string> acl_codepage;
    std::string keytab;
    std::string store_directory;  ///< of `store = lmdb:DIR`
    std::string control_socket;
    Source source;
    std::chrono::milliseconds iprop_poll{2000};  ///< of `source = iprop:HOST`
    std::optional<std::string> kdb5_util;        ///< of `source = ulog:FILE`
    std::optional<std::string> kdb_name;         ///< what kdb5_util's -d is given
    Listen listen;
    Listen iprop_listen;
    std::chrono::seconds update_hold{20};   ///< longest wait of an Update secondary for the next change
    std::uint64_t update_batch = 4u << 20;  ///< bytes of one answer with updates
    std::uint32_t resyncs_an_hour = 12;     ///< of one Update secondary
    std::chrono::seconds policy_quiet{2};   ///< since the last change of a policy, before full resyncs for it
    std::uint32_t max_followers = 4096;     ///< Update secondaries connected at once
    std::chrono::seconds prop_interval{
        300};  ///< SKDC_KPROP_INTERVAL (environment, minutes or kpropgw.conf's syntax) where absent
    DnsCheck dns_check = DnsCheck::require;
    std::uint64_t max_dump = std::uint64_t{64} << 30;         ///< bytes of an arriving dump
    std::uint32_t max_connections = 256;                      ///< inbound, at once
    std::chrono::seconds journal_max_age{30 * 86400};         ///< how long a change is kept for secondaries
    std::uint64_t journal_max_size = std::uint64_t{4} << 30;  ///< bytes of all that are kept
    std::chrono::seconds idle_timeout{30};                    ///< for each message of a peer
    std::chrono::seconds load_timeout{3600};                  ///< for a secondary's kdb5_util load before it confirms
    std::chrono::seconds retry_min{5};                        ///< back-off after a failure, with jitter
    std::chrono::seconds retry_max{600};
    std::uint64_t min_rate = 1024;            ///< default of [secondary] min_rate
    std::chrono::seconds probe_interval{60};  ///< between two questions to each KDC; 0: none is asked
    std::chrono::seconds stop_timeout{20};    ///< for what is under way when the gateway is told to stop
    std::map<std::string, Secondary, std::less<>> secondaries;
    std::optional<std::string> readers;     ///< a group whose members may look on the control socket
    std::optional<Listen> http_listen;      ///< absent: no page
    std::optional<std::string> http_names;  ///< by which it may be asked for, blanks between them
    std::string log_level = "info";
    std::string log_to = "stderr";
};

/// All problems of a file, each `FILE: [section] key: what, what to do`; `config` is absent when there is any.
struct Reading {
    std::optional<Config> config;
    std::vector<std::string> problems;
    std::string control_socket;  ///< as far as it could be read: for an order about this very file
};

Reading read(const std::string& path);

/// The file that `-c` defaults to: $KPROPGW_CONFIG, else /etc/kpropgw/kpropgw.conf.
std::string default_path();

/// What is in force, one `key = value` a line with its section, as `config show` prints it.
std::string show(const Config& config);

}  // namespace kpropgw::config
