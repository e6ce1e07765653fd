// A deal: who does what with whom, with which goods, by which way, paid how, and when.
//
// What a deal does not state is unknown, never assumed: an absent field is different from an empty one, and a rule that
// turns on it is undetermined or becomes a condition.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/date.h"
#include "model/result.h"

namespace interdict {

struct DealParty {
  std::string role;   // seller, buyer, customer, bank, carrier, insurer, vessel, aircraft, ...
  std::string party;  // id in the case or in the deal's own `parties`
};

struct Goods {
  std::string code;     // digits of the HS or CN code; empty: not stated
  std::string origin;   // country
  std::string from;     // country it is consigned from; empty: as origin
  std::string end_use;  // empty: not stated
  std::string quantity;
};

struct Leg {
  std::string from;
  std::string to;
  std::string mode;                    // rail, sea, air, road
  std::vector<std::string> territory;  // countries passed through, ends included
  std::string carrier;                 // party; empty: not stated
  std::string flag;                    // country of the vessel's or aircraft's flag; empty: not stated
  std::string insurer;                 // party; empty: not stated or none
};

struct Payment {
  std::string currency;
  std::string payer_bank;                // party
  std::string payee_bank;                // party
  std::vector<std::string> clearing;     // parties in between
  std::optional<std::string> messaging;  // the party that carries the message; absent: not stated
};

/// A change of the deal itself that is open to its parties; never called relief.
struct Alternative {
  std::string id;
  std::string act;  // reroute | change_bank | change_carrier | change_insurer | change_messaging
  std::string title;
  std::optional<std::vector<Leg>> route;
  std::optional<std::string> payee_bank;
  std::optional<std::string> messaging;
};

struct DealPartyFacts {
  std::string id;
  std::string name;
  std::string country;
};

struct DealOwnership {
  std::string owner;
  std::string owned;
  double least = 0;
  double most = 0;
};

struct DealControl {
  std::string controller;
  std::string controlled;
  bool stated = true;
};

struct Deal {
  std::string id;
  std::string title;
  std::optional<Day> on;        // the day asked, unless the caller gives one
  std::optional<Day> contract;  // absent: the day asked
  std::optional<Day> performance;
  std::vector<std::string> activities;               // import, purchase, sale, transfer, payment, account, flight, ...
  std::optional<std::vector<std::string>> purposes;  // trade, wind_down, ...; absent: not stated
  std::vector<DealParty> parties;
  std::vector<DealPartyFacts> described;  // parties the case does not know
  std::vector<DealOwnership> ownership;
  std::vector<DealControl> control;
  std::vector<Goods> goods;
  std::vector<Leg> route;
  std::vector<Payment> payments;
  std::vector<std::string> services;
  std::vector<std::string> clearances;  // measures or bodies whose permission was given
  std::vector<std::string> fixed;       // route, bank, carrier, insurer, messaging
  std::vector<Alternative> alternatives;
  Place place;
};

}  // namespace interdict
