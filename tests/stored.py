"""Sessions to store, and their files taken apart and put together again."""

import io
import json
import zipfile
from dataclasses import replace

from hopgui.model.network import Network
from hopgui.session import store
from hopgui.session.archive import pack
from hopgui.session.draws import Draws, rng_of
from hopgui.session.past_run import PastRun
from hopgui.session.session import KeptState, frozen
from hopgui.session.tape import Tape


def recorded(session, seed):
    """Let the pad fall under Hebb's rule, and record it."""
    run = Network(session.patterns).start(session.pad.ravel(), rng=rng_of(Draws.RECALL, seed))
    tape = Tape(1, seed, run.state, run.energy)
    while not run.settled:
        tape.append(run.advance(1000))
    return tape.recording(run.updates)


def with_run(session, **changed):
    run = PastRun("first", session, recorded(session, 3), settled=True)
    return replace(session, runs=(replace(run, **changed),))


def with_kept(session):
    pictures = (session.memories[0].picture, frozen(-session.pad))
    kept = tuple(KeptState(name, each) for name, each in zip(("a", "b"), pictures, strict=True))
    return replace(session, kept=kept)


def taken_apart(session):
    archive = zipfile.ZipFile(io.BytesIO(store.encode(session)))
    members = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(members["session.json"]), members


def put_together(whole, members):
    return pack({**members, "session.json": json.dumps(whole).encode()})
