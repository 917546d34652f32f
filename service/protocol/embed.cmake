# cmake -DINPUT=text -DOUTPUT=file.c -DNAME=symbol -P embed.cmake: a text file as a C string.
file(READ "${INPUT}" text)
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "\n" "\\n\"\n    \"" text "${text}")
file(WRITE "${OUTPUT}" "#include \"service/protocol/texts.h\"\n\nconst char ${NAME}[] =\n    \"${text}\";\n")
