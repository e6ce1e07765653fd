// What a Store holds; for the files of this room.
#pragma once

#include "store/sqlite.h"
#include "store/store.h"

namespace interdict::store {

struct Store::Impl {
  Database database;
  Mode mode;
};

}  // namespace interdict::store
