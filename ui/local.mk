libfluxdeck_a_SOURCES +=
