// The model room: plain values that every other room speaks in. Start with party.h.
#pragma once

#include "model/date.h"    // IWYU pragma: export
#include "model/party.h"   // IWYU pragma: export
#include "model/result.h"  // IWYU pragma: export
#include "model/source.h"  // IWYU pragma: export
