"""labgrid strategy of a pump board on a bench: power, deploy, run.

The first transition that fails is kept and never tried again (labgrid's `never_retry`), as
`perfusion hil run` does with its own way off -> boot -> self test -> ready -> safe.
"""
import enum
import subprocess

import attr
from labgrid.factory import target_factory
from labgrid.step import step
from labgrid.strategy import Strategy, StrategyError, never_retry


class Status(enum.Enum):
    unknown = 0
    off = 1
    shell = 2
    deployed = 3


@target_factory.reg_driver
@attr.s(eq=False)
class PerfusionStrategy(Strategy):
    """Powers the board under test, deploys the firmware and plays scenarios on the bench."""

    bindings = {"power": "PowerProtocol", "ssh": "SSHDriver"}

    rig = attr.ib(validator=attr.validators.instance_of(str))
    board = attr.ib(validator=attr.validators.instance_of(str))
    perfusion = attr.ib(default=".build/release/perfusion")
    status = attr.ib(default=Status.unknown)

    @never_retry
    @step(args=["status"])
    def transition(self, status, *, step):
        if not isinstance(status, Status):
            status = Status[status]
        if status == Status.unknown:
            raise StrategyError(f"can not transition to {status}")
        if status == self.status:
            step.skip("nothing to do")
            return
        if status == Status.off:
            self.target.deactivate(self.ssh)
            self.target.activate(self.power)
            self.power.off()
        elif status == Status.shell:
            self.transition(Status.off)
            self.power.on()
            self.target.activate(self.ssh)
            self.ssh.run_check("true")
        elif status == Status.deployed:
            self.transition(Status.shell)
            self.deploy()
        self.status = status

    def deploy(self):
        """Installs firmware and board image over ssh; `perfusiond --check` must pass."""
        service = self.ssh.networkservice
        subprocess.run(
            ["make", "deploy", f"HOST={service.username}@{service.address}",
             f"BOARD={self.board}"],
            check=True)

    @step(args=["scenarios"])
    def play(self, *scenarios, report=".build-hil/report"):
        """Plays scenarios; gives the exit code of `perfusion hil run`: 0 nothing failed, 1 a scenario
        failed or the rig's hardware is not whole, 2 an unreadable file. `report` gets junit.xml."""
        command = [self.perfusion, "hil", "run", "--rig", self.rig, "--report", report]
        return subprocess.run([*command, *scenarios], check=False).returncode
