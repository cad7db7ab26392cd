# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds the fuzz targets with the product in them, instrumented for a fuzzer; for GNU make, called
# by tests/fuzz/run-fuzzers at the top of the source: make -f tests/fuzz/fuzzers.mk OUT=DIR
#
# ENGINE=libfuzzer: clang's own, with AddressSanitizer and UndefinedBehaviorSanitizer; afl: AFL++.
# CONFIG is the directory of config.h. The sources are those of the library and of both commands but
# for their main(), in one archive, of which each target takes what it uses.

ENGINE = libfuzzer
CONFIG = .
OUT = fuzz-build

SANITIZE = address,undefined
ifeq ($(ENGINE),afl)
CC = afl-clang-fast
INSTRUMENT =
FUZZER = -fsanitize=fuzzer
else
CC = clang
INSTRUMENT = -fsanitize=fuzzer-no-link,$(SANITIZE)
FUZZER = -fsanitize=fuzzer,$(SANITIZE)
endif

TARGETS = dests existing map mountinfo normalize numbers options overlay path plan proc report text
HELPERS = fake_proc messages names
LIBRARIES := $(shell pkg-config --libs popt jansson) -lm -lpthread
FLAGS := -g -O1 -fno-omit-frame-pointer -std=gnu17 -include $(CONFIG)/config.h -I$(CONFIG) \
	-Ilib -Icmd -Itests/fuzz $(shell pkg-config --cflags popt jansson mount blkid)

SOURCES := $(filter-out %/main.c cmd/stat/options.c,$(wildcard lib/*/*.c cmd/*.c cmd/stat/*.c)) \
	$(HELPERS:%=tests/fuzz/%.c)
OBJECTS := $(SOURCES:%.c=$(OUT)/%.o)
HEADERS := $(wildcard lib/*.h lib/*/*.h cmd/*.h cmd/*.def cmd/stat/*.h)

all: $(TARGETS:%=$(OUT)/fuzz-%)

$(OUT)/%.o: %.c $(HEADERS)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(INSTRUMENT) -c -o $@ $<

$(OUT)/tests/fuzz/%.o: tests/fuzz/%.c $(HEADERS) $(wildcard tests/fuzz/*.h)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(INSTRUMENT) -c -o $@ $<

$(OUT)/product.a: $(OBJECTS)
	@rm -f $@
	ar rcs $@ $(OBJECTS)

$(OUT)/fuzz-mountinfo $(OUT)/fuzz-proc: WRAP = -Wl,--wrap=fopen,--wrap=fopen64
$(OUT)/fuzz-%: $(OUT)/tests/fuzz/%.o $(OUT)/product.a
	$(CC) $(FLAGS) $(FUZZER) $(WRAP) -o $@ $< $(OUT)/product.a $(LIBRARIES)

.SECONDARY:
