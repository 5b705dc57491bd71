# Part of samples/realm: what a host has on disk. Needs $dir, $realm, $domain and as.
# shellcheck shell=bash disable=SC2154

address_of() { awk -v name="$(fqdn "$1")" '$2 == name { print $1 }' "$dir/hosts"; }

value() { cat "$dir/$1/$2"; }

write_krb5_conf() {
  cat >"$dir/$1/krb5.conf" <<END
[libdefaults]
    default_realm = $realm
    dns_lookup_kdc = false
    dns_lookup_realm = false
    dns_canonicalize_hostname = false
    rdns = false
    qualify_shortname = ""
    udp_preference_limit = 1
[realms]
    $realm = {
        kdc = $(address_of "$2"):$(value "$2" kdc_port)
        admin_server = $(fqdn primary):$(value primary kadmind_port)
    }
[domain_realm]
    .$domain = $realm
END
}

# The port of the one that it follows, where it follows one, else, at the primary, kadmind's.
iprop_settings() {
  local home=$dir/$1
  [[ -e $home/follows ]] || return 0
  cat <<END
        iprop_enable = true
        iprop_port = $(value "$(value "$1" follows)" iprop_port)
        iprop_logfile = $home/ulog
        iprop_ulogsize = $(value "$1" ulogsize)
        iprop_replica_poll = $(value "$1" poll)
        iprop_resync_timeout = 10s
END
}

write_kdc_conf() {
  local home=$dir/$1 address
  address=$(address_of "$1")
  cat >"$home/kdc.conf" <<END
[realms]
    $realm = {
        database_name = $home/principal
        key_stash_file = $home/stash
        acl_file = $home/kadm5.acl
        kdc_listen = $address:$(value "$1" kdc_port)
        kdc_tcp_listen = $address:$(value "$1" kdc_port)
        kadmind_listen = $address:$(value primary kadmind_port)
        kpasswd_listen = $address:$(value primary kpasswd_port)
        master_key_type = aes256-cts
        supported_enctypes = aes256-cts:normal aes128-cts:normal
        default_principal_flags = +preauth
$(iprop_settings "$1")
    }
[logging]
    kdc = FILE:$dir/log/$1.kdc.requests
    admin_server = FILE:$dir/log/$1.kadmind.requests
    default = FILE:$dir/log/$1.other
END
}

new_host() {
  [[ $1 =~ ^[a-z][a-z0-9-]*$ ]] || die "\"$1\" is no host name"
  mkdir "$dir/$1" || die "host \"$1\" is there already"
  echo "127.0.0.$(($(wc -l <"$dir/hosts") + 1)) $(fqdn "$1") $1" >>"$dir/hosts"
}

write_keytab() {
  local service
  for service in "${@:2}"; do
    as primary kadmin.local addprinc -randkey "$service/$(fqdn "$1")" >/dev/null
    as primary kadmin.local ktadd -q -k "$dir/$1/keytab" "$service/$(fqdn "$1")" >/dev/null
  done
}

add_host() {
  new_host "$1"
  write_krb5_conf "$1" primary
  write_keytab "$1" host
}

add_secondary() {
  local home=$dir/$1 ports services=(host)
  new_host "$1"
  if [[ ${2-} == --follow ]]; then
    echo "$3" >"$home/follows"
    echo "${4-1s}" >"$home/poll"
    echo 1000 >"$home/ulogsize"
    services+=(kiprop)
  fi
  mapfile -t ports < <(free_ports 2)
  echo "${ports[0]}" >"$home/port"
  echo "${ports[1]}" >"$home/kdc_port"
  write_krb5_conf "$1" "$1"
  write_kdc_conf "$1"
  write_keytab "$1" "${services[@]}"
  cp "$dir/primary/stash" "$home/stash"
  local pusher
  for pusher in primary gateway ${3-}; do
    echo "host/$(fqdn "$pusher")@$realm"
  done >"$home/kpropd.acl"
}

# Besides the one that create makes; secondaries made later take it for one that may push.
add_gateway() {
  local ports
  new_host "$1"
  mapfile -t ports < <(free_ports 3)
  echo "${ports[0]}" >"$dir/$1/port"
  echo "${ports[1]}" >"$dir/$1/iprop_port"
  echo "${ports[2]}" >"$dir/$1/http_port"
  write_krb5_conf "$1" primary
  write_keytab "$1" host kiprop
}

create() {
  local principals=0 iprop= ports
  while (($#)); do
    case $1 in
      --principals) principals=$2 && shift ;;
      --iprop) iprop=1 ;;
      *) die "create knows no \"$1\"" ;;
    esac
    shift
  done
  mkdir -p "$dir/log" "$dir/run"
  [[ ! -e $dir/hosts ]] || die "$dir holds a realm already"
  : >"$dir/hosts"
  new_host primary
  new_host gateway
  mapfile -t ports < <(free_ports 7)
  echo "${ports[0]}" >"$dir/primary/kdc_port"
  echo "${ports[1]}" >"$dir/primary/kadmind_port"
  echo "${ports[2]}" >"$dir/primary/kpasswd_port"
  echo "${ports[3]}" >"$dir/gateway/port"
  echo "${ports[4]}" >"$dir/primary/iprop_port"
  echo "${ports[5]}" >"$dir/gateway/iprop_port"
  echo "${ports[6]}" >"$dir/gateway/http_port"
  if [[ $iprop ]]; then
    echo primary >"$dir/primary/follows"
    echo 1000 >"$dir/primary/ulogsize"
    echo 1s >"$dir/primary/poll"
  fi
  write_krb5_conf primary primary
  write_krb5_conf gateway primary
  write_kdc_conf primary
  printf '%s\n' "*/admin@$realm *" "kiprop/*@$realm p" >"$dir/primary/kadm5.acl"
  as primary kdb5_util create -s -r "$realm" -P "$(head -c 24 /dev/urandom | base64)" >"$dir/log/create.log"
  {
    echo "addpol -minlength 6 default"
    echo "addpol -maxfailure 5 -failurecountinterval 10m -lockoutduration 1h -history 3 lockout"
    echo "addpol -minclasses 2 -minlength 8 -maxlife 180d -history 5 staff"
    echo "addprinc -policy staff -pw Admin-0-before admin/admin"
    # Makes the first password history and with it kadmin/history, so that a later change is one change.
    echo "cpw -pw Admin-1-first admin/admin"
    local policies=(default lockout staff)
    for ((i = 1; i <= principals; i++)); do
      printf 'addprinc -policy %s -pw first-user%05d user%05d\n' "${policies[i % 3]}" $i $i
    done
  } | kadmin_script
  write_keytab primary host kiprop
  write_keytab gateway host kiprop
}

# Commands from stdin; kadmin.local goes on after an error, so what it complains of is looked for.
kadmin_script() {
  as primary kadmin.local >"$dir/log/kadmin.out" 2>"$dir/log/kadmin.err"
  ! grep -v -e '^Authenticating' -e '^No policy specified' "$dir/log/kadmin.err" >&2 || die "kadmin.local failed"
}

new_master_key() {
  local password stash
  password=$(head -c 24 /dev/urandom | base64)
  printf '%s\n' "$password" "$password" | as primary kdb5_util add_mkey -s -e aes256-cts >"$dir/log/add_mkey.log" 2>&1
  for stash in "$dir"/*/stash; do
    [[ $stash -ef $dir/primary/stash ]] || cp "$dir/primary/stash" "$stash"
  done
}

# Copies of one principal's record under other names: keys that nobody knows, at the speed of a load.
bulk() {
  local work=$dir/primary/bulk
  as primary kadmin.local addprinc -randkey -policy lockout bulk >/dev/null
  dump_of primary r1_11 "$work"
  {
    grep -av '^policy' "$work"
    awk -F'\t' -v OFS='\t' -v n="$1" -v realm="$realm" '
      $1 == "princ" && $7 == "bulk@" realm {
        for (i = 1; i <= n; i++) { $7 = sprintf("bulk%05d@%s", i, realm); $3 = length($7); print }
      }' "$work"
    grep -a '^policy' "$work"
  } >"$work.more"
  as primary kdb5_util load "$work.more"
  rm -f "$work" "$work.more" "$work.dump_ok"
}
