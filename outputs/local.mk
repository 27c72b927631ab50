libfluxdeck_a_SOURCES += %D%/table.c %D%/table.h %D%/null.c %D%/stdout.c %D%/file.c %D%/writer.c %D%/writer.h %D%/compress.c \
	%D%/compress.h
if HAVE_KAFKA
libfluxdeck_a_SOURCES += %D%/kafka.c %D%/kafka_embedded.c %D%/kafka_embedded.h
endif
