"""Scenarios on a bench under labgrid's pytest plugin; see environment.yaml."""


def test_scenarios(strategy):
    strategy.transition("deployed")
    try:
        assert strategy.play() == 0, "see report.html and junit.xml in .build-hil/report"
    finally:
        strategy.transition("off")
