package dev.appos.api; interface X {}
