// A deal written as it is read. An absent field is written as absent: what a deal does not state is unknown.
#include <fmt/format.h>

#include "report/json.h"
#include "report/law.h"

namespace interdict::report {
namespace {

void put_text(Json& json, std::string_view key, std::string_view value) {
  if (!value.empty()) json.field(key, value);
}

void put_list(Json& json, std::string_view key, const std::vector<std::string>& values) {
  if (!values.empty()) put_strings(json, key, values);
}

void put_day(Json& json, std::string_view key, const std::optional<Day>& day) {
  if (day) json.field(key, to_string(*day));
}

template <typename Items, typename Put>
void put_items(Json& json, std::string_view key, const Items& items, Put put) {
  if (items.empty()) return;
  json.key(key);
  json.begin_array();
  for (const auto& item : items) {
    json.begin_object();
    put(item);
    json.end_object();
  }
  json.end_array();
}

void put_legs(Json& json, const std::vector<Leg>& route) {
  put_items(json, "route", route, [&](const Leg& leg) {
    json.field("from", leg.from);
    json.field("to", leg.to);
    json.field("mode", leg.mode);
    put_list(json, "territory", leg.territory);
    put_text(json, "carrier", leg.carrier);
    put_text(json, "flag", leg.flag);
    put_text(json, "insurer", leg.insurer);
  });
}

}  // namespace

std::string deal_json(const Deal& deal) {
  Json json;
  json.begin_object();
  json.field("id", deal.id);
  json.field("title", deal.title);
  put_day(json, "date", deal.on);
  put_day(json, "contract_date", deal.contract);
  put_day(json, "performance_date", deal.performance);
  put_list(json, "activities", deal.activities);
  if (deal.purposes) put_strings(json, "purposes", *deal.purposes);
  put_items(json, "described", deal.described, [&](const DealPartyFacts& party) {
    json.field("id", party.id);
    json.field("name", party.name);
    put_text(json, "country", party.country);
  });
  put_items(json, "parties", deal.parties, [&](const DealParty& party) {
    json.field("role", party.role);
    json.field("party", party.party);
  });
  // Every scalar of a deal is text until its field converts it.
  put_items(json, "ownership", deal.ownership, [&](const DealOwnership& share) {
    json.field("owner", share.owner);
    json.field("owned", share.owned);
    json.field("at_least", fmt::format("{}", share.least));
    json.field("at_most", fmt::format("{}", share.most));
  });
  put_items(json, "control", deal.control, [&](const DealControl& control) {
    json.field("controller", control.controller);
    json.field("controlled", control.controlled);
    json.field("controls", control.stated ? "true" : "false");
  });
  put_items(json, "goods", deal.goods, [&](const Goods& goods) {
    put_text(json, "code", goods.code);
    put_text(json, "origin", goods.origin);
    put_text(json, "from", goods.from);
    put_text(json, "end_use", goods.end_use);
    put_text(json, "quantity", goods.quantity);
  });
  put_legs(json, deal.route);
  put_items(json, "payments", deal.payments, [&](const Payment& payment) {
    json.field("currency", payment.currency);
    put_text(json, "payer_bank", payment.payer_bank);
    put_text(json, "payee_bank", payment.payee_bank);
    put_list(json, "clearing", payment.clearing);
    if (payment.messaging) json.field("messaging", *payment.messaging);
  });
  put_list(json, "services", deal.services);
  put_list(json, "clearances", deal.clearances);
  put_list(json, "fixed", deal.fixed);
  put_items(json, "alternatives", deal.alternatives, [&](const Alternative& alternative) {
    json.field("id", alternative.id);
    json.field("act", alternative.act);
    json.field("title", alternative.title);
    if (alternative.route) put_legs(json, *alternative.route);
    if (alternative.payee_bank) json.field("payee_bank", *alternative.payee_bank);
    if (alternative.messaging) json.field("messaging", *alternative.messaging);
  });
  json.end_object();
  return json.str();
}

}  // namespace interdict::report
