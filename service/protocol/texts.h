/* The interface files, compiled in by the build. */
#pragma once

extern const char wh_text_control[];
extern const char wh_text_varlink_service[];
