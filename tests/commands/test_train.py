"""The commands `hopgui train` and `hopgui sample`, as a person or a program meets them."""

import numpy as np
import pytest
import rbm_reference as reference
from PIL import Image
from visible_reference import slow_law

from hopgui.model.boltzmann.datasets import bars_and_stripes
from hopgui.model.boltzmann.likelihood import log_likelihood, log_partition
from hopgui.model.boltzmann.machine import Machine
from hopgui.model.boltzmann.visible import VisibleMachine, from_network
from hopgui.model.boltzmann.walsh import number_of
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.network import Network
from hopgui.session import library, machine_file, pbm
from hopgui.session.machine_file import KeptMachine

LETTERS = library.pattern_folder() / "letters-10"
SMALL = ("--data", "bars-and-stripes:2x3", "--hidden", 5)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "m.hop"


@pytest.fixture
def valley(tmp_path):
    """A machine of 2 × 3 units that knows one picture, and a file of it."""
    picture = np.array([1, -1, 1, 1, -1, -1], np.int8)
    machine = Machine(np.zeros((6, 2)), 30.0 * picture, np.zeros(2))
    path = tmp_path / "valley.hop"
    machine_file.write(path, KeptMachine(machine, (2, 3)))
    return path, picture.reshape(2, 3)


# Training


def test_the_object_has_every_fact_and_the_file_the_machine(told, file):
    facts = told("train", *SMALL, "--epochs", 100, "--seed", 3, "--output", file)
    assert (facts["width"], facts["height"], facts["visible"], facts["hidden"]) == (3, 2, 6, 5)
    assert (facts["pictures"], facts["distinct"], facts["method"]) == (10, 10, "pt")
    assert [point["epoch"] for point in facts["curve"]] == list(range(0, 101, 2))
    kept = machine_file.read(file)
    pictures = bars_and_stripes(2, 3).units
    exact = log_likelihood(kept.machine, pictures, log_partition(kept.machine))
    assert facts["log_likelihood"] == pytest.approx(exact)
    assert facts["curve"][-1]["log_likelihood"] == facts["log_likelihood"]
    assert facts["best_log_likelihood"] == pytest.approx(-np.log(10))
    assert len(facts["curve"][-1]["exchange_rates"]) == 4
    assert kept.shape == (2, 3)
    assert kept.about["seed"] == 3


def test_the_same_seed_gives_the_same_file(told, tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        told("train", *SMALL, "--epochs", 20, "--seed", seed, "--output", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_switches_of_the_schedule_are_followed(told, file):
    facts = told(
        *("train", *SMALL, "--method", "cd", "--k", 3, "--epochs", 4, "--batch", 5),
        *("--rate", 0.2, "--momentum", 0.7, "--decay", 0.01, "--output", file),
    )
    expected = {"method": "cd", "k": 3, "epochs": 4, "batch": 5, "rate": 0.2, "momentum": 0.7}
    assert {name: facts[name] for name in expected} == expected
    assert facts["decay"] == 0.01
    assert 0 < facts["last_rate"] < 0.2
    assert facts["curve"][-1]["exchange_rates"] is None


def test_a_folder_of_pictures_is_trained_on(told, file):
    facts = told("train", "--patterns", LETTERS, "--epochs", 20, "--output", file)
    assert (facts["pictures"], facts["visible"], facts["method"]) == (4, 100, "pt")
    assert facts["data"] == "letters-10"
    # Too many units on both sides for the sum: estimated, with its error.
    assert facts["log_likelihood"] is None
    assert facts["log_likelihood_estimate"] < facts["best_log_likelihood"]
    assert 0 < facts["log_likelihood_error"] < 1


def test_digits_are_trained_on(told, file):
    facts = told("train", "--data", "digits", "--hidden", 10, "--epochs", 1, "--output", file)
    assert (facts["pictures"], facts["width"], facts["method"]) == (1797, 8, "pt")
    assert facts["curve"][-1]["log_likelihood"] == facts["log_likelihood"] > -64 * np.log(2)


def test_without_json_it_tells_a_person(run, file):
    status, out, err = run("train", *SMALL, "--epochs", 30, "--output", file)
    assert (status, err) == (0, "")
    assert "10 pictures of 3 × 2 (10 distinct), 6 visible and 5 hidden units." in out
    assert "30 epochs of parallel tempering, seed 1." in out
    assert "the best that any machine can reach is −2.3026." in out


def test_a_rate_that_is_too_high_is_said_and_leaves_no_file(refused, file):
    line = refused("train", *SMALL, "--rate", 1e9, "--output", file)
    assert "Training diverged in epoch 1: the learning rate 1e+09 is too high." in line
    assert "No file is written." in line
    assert "kept" not in line
    assert not list(file.parent.iterdir())


def test_after_good_epochs_the_last_good_machine_is_kept(refused, file):
    # Weights of a growing rate pass all bounds late.
    line = refused(
        *("train", *SMALL, "--method", "cd", "--epochs", 50),
        *("--rate", 0.01, "--last-rate", 1e9, "--output", file),
    )
    assert "Training diverged in epoch" in line
    assert np.isfinite(machine_file.read(file).machine.weights).all()


def test_one_picture_and_equal_pictures_are_refused(refused, file, tmp_path):
    folder = tmp_path / "p"
    folder.mkdir()
    for count in (1, 2):
        pbm.write(folder / f"{count}.pbm", np.ones((3, 3), np.int8))
        line = refused("train", "--patterns", folder, "--output", file)
        assert "at least two pictures that differ" in line
    assert not file.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--data", "faces"), "a set is bars-and-stripes:ROWSxCOLUMNS"),
        (("--data", "bars-and-stripes:4"), "a set is"),
        (("--data", "bars-and-stripes:4xfour"), "the number of columns is a whole number"),
        (("--data", "bars-and-stripes:1x4"), "at least 2 rows and 2 columns"),
        (("--data", "bars-and-stripes:999999x2"), "too many"),
        ((*SMALL, "--hidden", 0), "at least one hidden unit"),
        ((*SMALL, "--hidden", 1_000_000, "--data", "digits"), "GB to train"),
        ((*SMALL, "--epochs", 0), "at least one step, epoch"),
        ((*SMALL, "--k", 0), "at least one step, epoch"),
        ((*SMALL, "--batch", -1), "whole number"),
        ((*SMALL, "--rate", 0), "above 0"),
        ((*SMALL, "--rate", "nan"), "0 or more"),
        ((*SMALL, "--momentum", 1), "momentum"),
        ((*SMALL, "--method", "sgd"), "invalid choice"),
        ((*SMALL, "--patterns", LETTERS), "not allowed with"),
        ((), "required"),
    ],
)
def test_mistakes_are_said_in_one_line(refused, file, words, said):
    assert said in refused("train", *words, "--output", file)
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_said_before_training(refused, tmp_path):
    line = refused("train", *SMALL, "--epochs", 10**9, "--output", tmp_path / "no" / "m.hop")
    assert "m.hop could not be written" in line


# A fully visible machine

VISIBLE = ("--machine", "visible", "--data", "bars-and-stripes:2x3")


def test_a_visible_machine_is_learnt_with_its_exact_likelihood(told, file):
    facts = told("train", *VISIBLE, "--steps", 300, "--seed", 2, "--output", file)
    assert (facts["machine"], facts["visible"], facts["exact"]) == ("visible", 6, True)
    kept = machine_file.read(file)
    chances, _ = slow_law(kept.machine)
    exact = np.log(chances[number_of(bars_and_stripes(2, 3).units)]).mean()
    assert facts["log_likelihood"] == pytest.approx(exact)
    assert facts["best_log_likelihood"] == pytest.approx(-np.log(10))
    assert facts["curve"][-1] == {
        "step": 300,
        "mismatch": facts["mismatch"],
        "log_likelihood": facts["log_likelihood"],
    }
    assert kept.shape == (2, 3)
    assert kept.about["start"] == "hopfield"


def test_its_first_step_is_hebbs_network_at_a_temperature(told, file):
    pictures = bars_and_stripes(2, 3).units
    facts = told(*("train", *VISIBLE, "--temperature", 2, "--steps", 1, "--output", file))
    start = from_network(Network(pictures, TEXTBOOK), 2.0)
    chances, _ = slow_law(start)
    expected = np.log(chances[number_of(pictures)]).mean()
    assert facts["curve"][0]["log_likelihood"] == pytest.approx(expected)
    facts = told("train", *VISIBLE, "--start", "nothing", "--steps", 1, "--output", file)
    assert facts["curve"][0]["log_likelihood"] == pytest.approx(-6 * np.log(2))


def test_sampled_moments_and_the_schedule_are_followed(told, file, tmp_path):
    words = ("--moments", "sampled", "--chains", 40, "--rate", 0.1, "--momentum", 0.5)
    facts = told("train", *VISIBLE, *words, "--steps", 20, "--output", file)
    expected = {"exact": False, "chains": 40, "rate": 0.1, "momentum": 0.5, "steps": 20}
    assert {name: facts[name] for name in expected} == expected
    assert facts["log_likelihood"] is None
    told("train", *VISIBLE, *words, "--steps", 20, "--output", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == file.read_bytes()


def test_a_visible_machine_is_told_to_a_person(run, file):
    status, out, err = run("train", *VISIBLE, "--steps", 30, "--output", file)
    assert (status, err) == (0, "")
    assert "10 pictures of 3 × 2 (10 distinct), 6 units, all visible." in out
    assert "30 steps from Hebb's couplings, exact moments, seed 1." in out
    assert "the best of any law is −2.3026." in out
    status, out, _ = run("sample", "--model", file, "--steps", 5)
    assert status == 0
    assert "Energy" in out
    assert "Free" not in out


def test_it_draws_by_its_own_law_at_any_temperature(told, file):
    told("train", *VISIBLE, "--steps", 30, "--output", file)
    machine = machine_file.read(file).machine
    facts = told(*("sample", "--model", file, "--count", 4000, "--steps", 300, "--temperature", 3))
    drawn = np.array(
        [
            [1 if cell == "#" else -1 for row in picture for cell in row]
            for picture in facts["pictures"]
        ]
    )
    warm = VisibleMachine(machine.couplings / 3, machine.bias / 3)
    assert reference.surprise(-drawn, slow_law(warm)[0]) > 1e-3
    np.testing.assert_allclose(facts["free_energies"], machine.energy(drawn))
    assert facts["hidden"] == 0


def test_clamped_units_of_a_visible_machine_stay(told, file, tmp_path):
    told("train", *VISIBLE, "--steps", 300, "--output", file)
    mask = np.array([[1, 1, 1], [-1, -1, -1]], np.int8)
    pbm.write(tmp_path / "mask.pbm", mask)
    pbm.write(tmp_path / "cue.pbm", np.array([[1, -1, 1], [1, 1, 1]], np.int8))
    facts = told(
        *("sample", "--model", file, "--clamp", tmp_path / "mask.pbm", "--count", 50),
        *("--cue", tmp_path / "cue.pbm", "--steps", 50),
    )
    assert {picture[0] for picture in facts["pictures"]} == {"#.#"}
    # Stripes alone have such a row.
    assert np.mean([picture[1] == "#.#" for picture in facts["pictures"]]) > 0.9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--hidden", 4), "--hidden means nothing to a fully visible machine"),
        (("--epochs", 4), "--epochs means nothing to a fully visible machine"),
        (("--steps", 0), "at least one step"),
        (("--chains", 0, "--moments", "sampled"), "one chain"),
        (("--temperature", 0), "above 0"),
        (("--temperature", 1e-9), "higher"),
        (("--momentum", 1), "momentum"),
        (("--rate", 1e9), "Training diverged in step 1"),
        (("--data", "bars-and-stripes:5x5", "--moments", "exact"), "25 units cannot be summed"),
        (("--data", "bars-and-stripes:2x18", "--moments", "exact"), "36 units cannot be summed"),
        (("--start", "here"), "invalid choice"),
    ],
)
def test_mistakes_with_a_visible_machine_are_said_in_one_line(refused, file, words, said):
    assert said in refused("train", *VISIBLE, *words, "--output", file)


def test_what_a_visible_machine_has_alone_is_refused_to_the_other(refused, file):
    line = refused("train", *SMALL, "--steps", 4, "--output", file)
    assert "--steps means nothing to a restricted machine" in line


# Sampling


def test_samples_are_the_machines(told, valley):
    path, picture = valley
    facts = told("sample", "--model", path, "--count", 3, "--steps", 2)
    rows = ["".join("#" if unit > 0 else "." for unit in row) for row in picture]
    assert facts["pictures"] == [rows] * 3
    assert (facts["width"], facts["height"], facts["hidden"]) == (3, 2, 2)
    assert len(facts["free_energies"]) == 3


def test_a_trained_machine_draws_bars_and_stripes(told, file):
    told("train", "--data", "bars-and-stripes:3x3", "--epochs", 1500, "--output", file)
    facts = told("sample", "--model", file, "--count", 500, "--steps", 200)
    known = {tuple(row) for row in bars_and_stripes(3, 3).units.tolist()}
    drawn = [
        tuple(1 if cell == "#" else -1 for row in picture for cell in row)
        for picture in facts["pictures"]
    ]
    assert np.mean([each in known for each in drawn]) > 0.8
    assert len(set(drawn) & known) > 7


def test_clamped_units_stay_dark_or_as_in_the_cue(told, valley, tmp_path):
    path, picture = valley
    mask = np.full((2, 3), -1, np.int8)
    mask[0, 1] = mask[1, 2] = 1
    pbm.write(tmp_path / "mask.pbm", mask)
    facts = told("sample", "--model", path, "--clamp", tmp_path / "mask.pbm")
    assert facts["pictures"] == [["###", "#.#"]]
    pbm.write(tmp_path / "cue.pbm", np.full((2, 3), -1, np.int8))
    pbm.write(tmp_path / "mask.pbm", picture)
    facts = told(
        *("sample", "--model", path, "--clamp", tmp_path / "mask.pbm"),
        *("--cue", tmp_path / "cue.pbm"),
    )
    assert facts["pictures"] == [["...", "..."]]


def test_pictures_are_written_side_by_side(run, valley, tmp_path):
    path, picture = valley
    output = tmp_path / "o.pbm"
    status, out, _ = run("sample", "--model", path, "--count", 2, "--output", output)
    assert status == 0
    expected = np.concatenate([picture, np.full((2, 1), -1, np.int8), picture], axis=1)
    np.testing.assert_array_equal(pbm.read(output), expected)
    with Image.open(output) as image:
        assert image.size == (7, 2)
    assert "2 pictures of 3 × 2 after 1000 steps, seed 1." in out
    assert "██··██" in out


def test_no_steps_show_the_start(told, valley, tmp_path):
    path, _ = valley
    pbm.write(tmp_path / "cue.pbm", np.ones((2, 3), np.int8))
    facts = told("sample", "--model", path, "--steps", 0, "--cue", tmp_path / "cue.pbm")
    assert facts["pictures"] == [["###", "###"]]
    one, two = (told("sample", "--model", path, "--steps", 0, "--seed", seed) for seed in (1, 2))
    assert one["pictures"] != two["pictures"]


def test_what_cannot_be_sampled_is_said_in_one_line(refused, valley, tmp_path):
    path, _ = valley
    assert "could not be read" in refused("sample", "--model", tmp_path / "none")
    assert "damaged" in refused("sample", "--model", LETTERS / "01-A.pbm")
    line = refused("sample", "--model", path, "--clamp", LETTERS / "01-A.pbm")
    assert "01-A.pbm is 10 × 10, but valley.hop is 3 × 2." in line
    assert "temperature" in refused("sample", "--model", path, "--temperature", 0)
    assert "at least one picture" in refused("sample", "--model", path, "--count", 0)
    assert "whole number" in refused("sample", "--model", path, "--steps", "many")
    wide = tmp_path / "wide.hop"
    machine = Machine(np.zeros((8000, 1)), np.zeros(8000), np.zeros(1))
    machine_file.write(wide, KeptMachine(machine, (1, 8000)))
    assert "chains" in refused("sample", "--model", wide, "--count", 100_000)
