#include "gateway/krb/kdc_question.hpp"

#include <optional>

#include "gateway/krb/context.hpp"

namespace kpropgw::krb {
namespace {

/// What the hook, which libkrb5 calls, needs and leaves behind.
struct Conversation {
    const KdcExchange& exchange;
    Transport transport = Transport::udp;
    std::optional<Error> failure = {};  ///< of the transport
};

/// RFC 4120, 7.2.1: the answer does not fit into a datagram.
bool is_too_large_for_udp(krb5_context context, const std::string& reply) {
    const krb5_data bytes = to_data(reply);
    krb5_error* raw = nullptr;
    if (krb5_rd_error(context, &bytes, &raw)) return false;  // it is another message
    const bool too_large = raw->error == KRB5KRB_ERR_RESPONSE_TOO_BIG - ERROR_TABLE_BASE_krb5;
    krb5_free_error(context, raw);
    return too_large;
}

krb5_error_code carry(krb5_context context, void* data, const krb5_data*, const krb5_data* message,
                      krb5_data** new_message, krb5_data** reply) {
    auto& talk = *static_cast<Conversation*>(data);
    *new_message = nullptr;
    const std::string_view bytes(message->data, message->length);
    auto answer = talk.exchange(bytes, talk.transport);
    if (talk.transport == Transport::udp && (!answer || is_too_large_for_udp(context, *answer))) {
        talk.transport = Transport::tcp;
        answer = talk.exchange(bytes, talk.transport);
    }
    if (!answer) {
        talk.failure = answer.error();
        return KRB5_KDC_UNREACH;
    }
    const krb5_data whole = to_data(*answer);
    return krb5_copy_data(context, &whole, reply);
}

/// Of the ticket in an answer, which its service alone can open; what stands around the encrypted part is plain.
Result<ServiceKey> key_of(const Context& context, const krb5_creds& credentials) {
    krb5_ticket* raw = nullptr;
    if (const auto code = krb5_decode_ticket(&credentials.ticket, &raw)) return context.failure(code, "its ticket");
    const Ticket ticket(context.get(), raw);
    ServiceKey key{.known = true};
    key.kvno = ticket.get()->enc_part.kvno;
    key.enctype = enctype_name(ticket.get()->enc_part.enctype);
    return key;
}

}  // namespace

Result<ServiceKey> ask_kdc(const Identity& gateway, const std::string& keytab_path, const std::string& service,
                           const KdcExchange& exchange) {
    auto context = Context::create();
    if (!context) return context.error();
    auto keytab = open_keytab(*context, keytab_path);
    if (!keytab) return keytab.error();
    auto client = host_principal(*context, gateway.host, gateway.realm);
    if (!client) return client.error();
    Conversation talk{exchange};
    krb5_set_kdc_send_hook(context->get(), carry, &talk);
    krb5_creds credentials{};
    const auto code = krb5_get_init_creds_keytab(context->get(), &credentials, client->get(), keytab->get(), 0,
                                                 service.c_str(), nullptr);
    if (talk.failure) return *talk.failure;
    switch (code) {
        case 0:
            break;
        case KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN:
            return ServiceKey{.transport = talk.transport};
        case KRB5KDC_ERR_PREAUTH_FAILED:
        case KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN:
        case KRB5KRB_AP_ERR_BAD_INTEGRITY:
            return Error(Errc::denied,
                         context->failure(code, "it does not know the gateway's key in " + keytab_path).text() +
                             "; its database is older than the keytab, or the keytab is");
        default:
            return context->failure(code, "it gives no ticket");
    }
    auto key = key_of(*context, credentials);
    krb5_free_cred_contents(context->get(), &credentials);
    if (key) key->transport = talk.transport;
    return key;
}

}  // namespace kpropgw::krb
