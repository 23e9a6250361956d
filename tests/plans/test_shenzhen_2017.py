"""The reviewed data of the real plan against its text, and against what the reader proposes."""

import datetime as dt

import pytest

from tests.plans.plan_text import PrintedTask, printed_tasks, reviewed_files
from yangguang.directory.calendars import load_calendar
from yangguang.rules.cadence import read_duty
from yangguang.rules.obligations_file import ReviewedObligation, ReviewedPlan, read_reviewed
from yangguang.rules.propose import propose_obligations

PERIODS = {
    "daily": "2017年8月14日",
    "monthly": "2017年8月",
    "quarterly": "2017年第三季度",
    "half_yearly": "2017年上半年",
    "yearly": "2017年",
}


@pytest.fixture(scope="module")
def printed() -> dict[str, PrintedTask]:
    return printed_tasks()


@pytest.fixture(scope="module")
def reviewed(printed: dict[str, PrintedTask]) -> ReviewedPlan:
    return read_reviewed(reviewed_files(), {id: task.text for id, task in printed.items()})


def sample(obligation: ReviewedObligation) -> str:
    return obligation.sample_title.replace("{period}", PERIODS.get(obligation.due.kind, ""))


def recognises(obligation: ReviewedObligation, title: str) -> bool:
    return any(all(word in title for word in words) for words in obligation.words)


def units_of(obligation: ReviewedObligation, printed: dict[str, PrintedTask]) -> frozenset[str]:
    return frozenset(obligation.units) or printed[obligation.task].leads


def test_the_plan_has_22_areas_101_tasks_and_two_duties_outside_its_table(
    printed: dict[str, PrintedTask], reviewed: ReviewedPlan
) -> None:
    assert len({id.partition(".")[0] for id in printed} - {"0"}) == 22
    assert len(printed) == 103
    assert [task.id for task in reviewed.tasks] == list(printed)
    assert {obligation.task for obligation in reviewed.obligations} == set(printed)


def test_cadence_form_and_measures_are_read_as_a_person_read_them(
    printed: dict[str, PrintedTask], reviewed: ReviewedPlan
) -> None:
    cadences = forms = 0
    table = [task for task in reviewed.tasks if not task.id.startswith("0.")]
    for task in table:
        read = read_duty(printed[task.id].text)
        cadences += read.cadence == task.cadence
        forms += read.form == task.form
        if (read.cadence, read.form) != (task.cadence, task.form):
            print(f"{task.id} {printed[task.id].text}\n  read {read.cadence}, {read.form}")
            print(f"  reviewed {task.cadence}, {task.form}; {task.note}")
        assert [(m.phrase, m.value, m.unit) for m in read.measures] == [
            (m.phrase, m.value, m.unit) for m in task.measures
        ]
    print(f"cadence {cadences}, form {forms} of {len(table)}")
    assert cadences >= 98
    assert forms >= 92


def test_the_table_holds_exactly_three_measures(reviewed: ReviewedPlan) -> None:
    measures = [m.phrase for task in reviewed.tasks if not task.id.startswith("0.") for m in task.measures]
    assert measures == ["10个工作日", "11座", "600项"]


def test_each_sample_title_is_recognised_by_its_own_duty(reviewed: ReviewedPlan) -> None:
    missed = [o.id for o in reviewed.obligations if o.words and not recognises(o, sample(o))]
    assert missed == []


def test_no_sample_title_is_taken_for_another_duty_of_the_same_unit(
    printed: dict[str, PrintedTask], reviewed: ReviewedPlan
) -> None:
    found = {
        (one.id, other.id)
        for one in reviewed.obligations
        for other in reviewed.obligations
        if one.words
        and one.id != other.id
        and units_of(one, printed) & units_of(other, printed)
        and recognises(other, sample(one))
        and one.form in other.forms
    }
    agreed = {(one.id, other) for one in reviewed.obligations for other in one.also}
    for one, other in sorted(found ^ agreed):
        print(f"{one} is also taken for {other}, or is listed in `also` without being so")
    assert found == agreed


def test_the_most_specific_cadence_of_the_duties_is_that_of_their_task(reviewed: ReviewedPlan) -> None:
    cadences = {task.id: task.cadence for task in reviewed.tasks}
    stated = {task: {o.cadence for o in reviewed.obligations if o.task == task} for task in cadences}
    assert {task for task in cadences if cadences[task] not in stated[task]} == set()


def test_each_duty_with_a_repeating_deadline_names_its_period_in_the_title(reviewed: ReviewedPlan) -> None:
    wrong = [o.id for o in reviewed.obligations if (o.due.kind in PERIODS) != ("{period}" in o.sample_title)]
    assert wrong == []


def test_the_districts_day_is_fifteen_working_days_after_the_plan(reviewed: ReviewedPlan) -> None:
    districts = next(o for o in reviewed.obligations if o.id == "0.1")
    assert districts.due.day == load_calendar().add_workdays(reviewed.plan.issued_on, 15)
    assert districts.due.day == dt.date(2017, 7, 10)


def test_the_reader_proposes_duties_near_the_reviewed_ones(
    printed: dict[str, PrintedTask], reviewed: ReviewedPlan
) -> None:
    covered = same_form = same_count = 0
    for task, row in printed.items():
        wanted = [o for o in reviewed.obligations if o.task == task]
        proposed = propose_obligations(row.text)
        assert all(proposal.phrase in row.text for proposal in proposed)
        same_count += len(wanted) == len(proposed)
        if [(o.form, o.phrase) for o in wanted] != [(p.form, p.phrase) for p in proposed]:
            print(f"{task}: {len(wanted)} reviewed, {len(proposed)} proposed")
            print("".join(f"  reviewed {o.form} {o.phrase}\n" for o in wanted), end="")
            print("".join(f"  proposed {p.form} {p.phrase}\n" for p in proposed), end="")
        for duty in wanted:
            near = [p for p in proposed if duty.phrase in p.phrase or p.phrase in duty.phrase]
            covered += bool(near)
            same_form += any(p.form == duty.form for p in near)
    total = len(reviewed.obligations)
    print(f"of {total} duties {covered} lie in a proposal or hold one, {same_form} of these with its form")
    print(f"{same_count} of {len(printed)} tasks are cut into as many duties")
    assert covered >= 0.95 * total
    assert same_form >= 0.8 * total
    assert same_count >= 0.6 * len(printed)
