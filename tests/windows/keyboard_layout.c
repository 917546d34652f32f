/* A keyboard of the United States for Wine, which has none: GTK reads the layout out of the library
 * that the system names, and hears no key without one. Only what the tests type is here.
 *
 * The structures are those of kbd.h, "Keyboard layout samples" of the driver kit: KBDTABLES and
 * what it points to. */
#include <windows.h>

#define NO_KEY 0xff
#define SHIFT_STATE 1
#define CAPITALS 1 /* CAPLOK: the lock for capitals counts as shift */

typedef struct {
    BYTE key;
    BYTE bits;
} KeyBits;

typedef struct {
    const KeyBits *keys;
    WORD most;
    BYTE columns[SHIFT_STATE + 1];
} Modifiers;

typedef struct {
    BYTE key;
    BYTE attributes;
    WCHAR plain;
    WCHAR shifted;
} Characters;

typedef struct {
    const Characters *rows;
    BYTE columns;
    BYTE size;
} CharacterTable;

typedef struct {
    const Modifiers *modifiers;
    const CharacterTable *characters;
    const void *dead_keys;
    const void *names;
    const void *extended_names;
    const void *dead_names;
    const USHORT *scan_codes;
    BYTE scan_codes_most;
    const void *extended;
    const void *paused;
    DWORD locale_flags;
    BYTE ligatures_most;
    BYTE ligature_size;
    const void *ligatures;
    DWORD type;
    DWORD subtype;
} Tables;

#define LETTER(capital)                                                                            \
    {                                                                                              \
        capital, CAPITALS, capital + 'a' - 'A', capital                                            \
    }

static const KeyBits bits[] = {{VK_SHIFT, 1}, {VK_CONTROL, 2}, {VK_MENU, 4}, {0, 0}};
static const Modifiers modifiers = {bits, SHIFT_STATE, {0, 1}};
static const Characters characters[] = {
    LETTER('A'),
    LETTER('B'),
    LETTER('C'),
    LETTER('D'),
    LETTER('E'),
    LETTER('F'),
    LETTER('G'),
    LETTER('H'),
    LETTER('I'),
    LETTER('J'),
    LETTER('K'),
    LETTER('L'),
    LETTER('M'),
    LETTER('N'),
    LETTER('O'),
    LETTER('P'),
    LETTER('Q'),
    LETTER('R'),
    LETTER('S'),
    LETTER('T'),
    LETTER('U'),
    LETTER('V'),
    LETTER('W'),
    LETTER('X'),
    LETTER('Y'),
    LETTER('Z'),
    {'1', 0, '1', '!'},
    {'2', 0, '2', '@'},
    {'3', 0, '3', '#'},
    {'4', 0, '4', '$'},
    {'5', 0, '5', '%'},
    {'6', 0, '6', '^'},
    {'7', 0, '7', '&'},
    {'8', 0, '8', '*'},
    {'9', 0, '9', '('},
    {'0', 0, '0', ')'},
    {VK_OEM_1, 0, ';', ':'},
    {VK_OEM_2, 0, '/', '?'},
    {VK_OEM_COMMA, 0, ',', '<'},
    {VK_OEM_MINUS, 0, '-', '_'},
    {VK_OEM_PERIOD, 0, '.', '>'},
    {VK_OEM_PLUS, 0, '=', '+'},
    {VK_SPACE, 0, ' ', ' '},
    {0, 0, 0, 0},
};
static const CharacterTable tables[] = {{characters, 2, sizeof *characters}, {NULL, 0, 0}};

/* By scan code from 0. */
static const USHORT scan_codes[] = {
    NO_KEY,    VK_ESCAPE,   '1',          '2',           '3',      '4',          '5',
    '6',       '7',         '8',          '9',           '0',      VK_OEM_MINUS, VK_OEM_PLUS,
    VK_BACK,   VK_TAB,      'Q',          'W',           'E',      'R',          'T',
    'Y',       'U',         'I',          'O',           'P',      VK_OEM_4,     VK_OEM_6,
    VK_RETURN, VK_LCONTROL, 'A',          'S',           'D',      'F',          'G',
    'H',       'J',         'K',          'L',           VK_OEM_1, VK_OEM_7,     VK_OEM_3,
    VK_LSHIFT, VK_OEM_5,    'Z',          'X',           'C',      'V',          'B',
    'N',       'M',         VK_OEM_COMMA, VK_OEM_PERIOD, VK_OEM_2, VK_RSHIFT,    VK_MULTIPLY,
    VK_LMENU,  VK_SPACE,    VK_CAPITAL};
static const BYTE nothing[8];
static const Tables layout = {.modifiers = &modifiers,
                              .characters = tables,
                              .scan_codes = scan_codes,
                              .scan_codes_most = ARRAYSIZE(scan_codes),
                              .extended = nothing,
                              .paused = nothing,
                              .locale_flags = 1 << 16}; /* KBD_VERSION */

__declspec(dllexport) const void *KbdLayerDescriptor(void);

const void *KbdLayerDescriptor(void)
{
    return &layout;
}
