#include "service/detect/panel.h"

#include <string.h>

#include "service/detect/tally.h"

/* asked: number of the question, 0 never; the lowest number has waited longest. rests_until and
 * aside_until: 0 not at all. aside_for: what the last setting aside lasted. */
typedef struct {
    const WhOutsideOperator *operator_;
    guint64 asked;
    gint64 rests_until;
    gint64 aside_until;
    gint64 aside_for;
} Member;

struct WhPanel {
    GPtrArray *operators;
    Member *members;
    guint64 questions;
};

WhPanel *wh_panel_new(GPtrArray *operators, double start)
{
    WhPanel *panel = g_new0(WhPanel, 1);
    panel->operators = operators;
    panel->members = g_new0(Member, operators->len);
    guint first = (guint)(start * operators->len);
    for (guint i = 0; i < operators->len; i++)
        panel->members[i].operator_ = operators->pdata[(first + i) % operators->len];
    return panel;
}

void wh_panel_free(WhPanel *panel)
{
    if (panel == NULL)
        return;
    g_ptr_array_unref(panel->operators);
    g_free(panel->members);
    g_free(panel);
}

static gboolean was_asked(const GPtrArray *asked, const char *organisation)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)asked, organisation, g_str_equal, NULL);
}

static gboolean can_be_asked(const Member *member, WhFamily family, WhPanelWay way)
{
    gboolean by_dns = wh_outside_is_by_dns(member->operator_);
    return wh_outside_can_ask(member->operator_, family) &&
           (way == WH_PANEL_ANY || !by_dns == (way == WH_PANEL_HTTPS));
}

static gboolean is_aside(const Member *member, gint64 now)
{
    return member->aside_until > now;
}

/* Whether `a` comes before `b`: who is not set aside first, then who has waited longest. */
static gboolean comes_before(const Member *a, const Member *b, gint64 now)
{
    if (is_aside(a, now) != is_aside(b, now))
        return is_aside(b, now);
    return a->asked < b->asked;
}

/* The member whose turn it is, resting ones included. */
static Member *find_turn(WhPanel *panel, WhFamily family, WhPanelWay way, gboolean urgent,
                         const GPtrArray *asked, gint64 now)
{
    Member *best = NULL;
    gboolean somebody_is_welcome = FALSE;
    for (guint i = 0; i < panel->operators->len; i++) {
        Member *member = &panel->members[i];
        if (!can_be_asked(member, family, way) || was_asked(asked, member->operator_->organisation))
            continue;
        somebody_is_welcome |= !is_aside(member, now);
        if (!urgent && member->rests_until > now)
            continue;
        if (best == NULL || comes_before(member, best, now))
            best = member;
    }
    /* A rest of the good ones is no reason to go back to those that were wrong. */
    return best != NULL && is_aside(best, now) && somebody_is_welcome ? NULL : best;
}

const WhOutsideOperator *wh_panel_pick(WhPanel *panel, WhFamily family, WhPanelWay way,
                                       gboolean urgent, const GPtrArray *asked, gint64 now)
{
    Member *member = find_turn(panel, family, way, urgent, asked, now);
    if (member == NULL)
        return NULL;
    member->asked = ++panel->questions;
    return member->operator_;
}

gboolean wh_panel_has(const WhPanel *panel, WhFamily family, WhPanelWay way)
{
    for (guint i = 0; i < panel->operators->len; i++)
        if (can_be_asked(&panel->members[i], family, way))
            return TRUE;
    return FALSE;
}

gint64 wh_panel_ready_at(WhPanel *panel, WhFamily family, gint64 now)
{
    gint64 welcome = G_MAXINT64;
    gint64 anybody = G_MAXINT64;
    for (guint i = 0; i < panel->operators->len; i++) {
        const Member *member = &panel->members[i];
        if (!can_be_asked(member, family, WH_PANEL_ANY))
            continue;
        anybody = MIN(anybody, member->rests_until);
        if (!is_aside(member, now))
            welcome = MIN(welcome, member->rests_until);
    }
    return MAX(welcome != G_MAXINT64 ? welcome : anybody, now);
}

void wh_panel_rest(WhPanel *panel, const WhOutsideOperator *operator_, gint64 now)
{
    for (guint i = 0; i < panel->operators->len; i++)
        if (panel->members[i].operator_ == operator_)
            panel->members[i].rests_until = now + WH_PANEL_REST;
}

static Member *find_member(WhPanel *panel, const char *id)
{
    for (guint i = 0; i < panel->operators->len; i++)
        if (strcmp(panel->members[i].operator_->id, id) == 0)
            return &panel->members[i];
    return NULL;
}

static void set_aside(Member *member, gint64 now)
{
    gint64 longer = MIN(2 * member->aside_for, WH_PANEL_ASIDE_MOST);
    member->aside_for = MAX(longer, WH_PANEL_ASIDE_LEAST);
    member->aside_until = now + member->aside_for;
}

static void take_back(Member *member)
{
    member->aside_for = 0;
    member->aside_until = 0;
}

void wh_panel_judge(WhPanel *panel, WhFamily family, const GPtrArray *observations, gint64 now)
{
    WhTally tally = wh_tally(family, observations);
    if (!tally.answered)
        return;
    gboolean decided = tally.agreed || !tally.contradicted || tally.voices >= WH_TALLY_QUORUM;
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        Member *member = find_member(panel, observation->source);
        if (member == NULL || observation->kind != WH_SOURCE_OUTSIDE)
            continue;
        member->rests_until = now + WH_PANEL_REST;
        if (!observation->ok)
            set_aside(member, now);
        else if (decided && wh_address_equal(&observation->address, &tally.address))
            take_back(member);
        else if (decided)
            set_aside(member, now);
    }
}
