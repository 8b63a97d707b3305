"""Runs in an environment of its own with openfisca-country-template: `python peer.py FOLDER`.

Reads people.npz from the folder, writes disposable_income.npy (euros) and figures.json (CPU seconds).
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem

MONTH = "2022-01"
TIMES = 3
ONE = {
    "persons": {
        "a": {"salary": {MONTH: 2500}, "birth": {"ETERNITY": "1985-05-05"}},
        "b": {"salary": {MONTH: 1000}, "birth": {"ETERNITY": "1987-05-05"}},
        "c": {"birth": {"ETERNITY": "2019-05-05"}},
    },
    "households": {
        "h": {"adults": ["a", "b"], "children": ["c"], "accommodation_size": {MONTH: 80},
              "housing_occupancy_status": {MONTH: "tenant"}},
    },
}  # fmt: skip


def simulation(system, people):
    """Return a simulation with the people of the file."""
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(len(people["salary"])))
    households = builder.declare_entity("household", np.arange(len(people["size"])))
    roles = np.where(people["is_adult"], "adult", "child")
    builder.join_with_persons(households, people["household"], roles=roles)
    made = builder.build(system)
    made.set_input("salary", MONTH, people["salary"] / 100)
    made.set_input("capital_returns", MONTH, people["capital_returns"] / 100)
    made.set_input("birth", "ETERNITY", people["birth"].astype("datetime64[D]"))
    made.set_input("accommodation_size", MONTH, people["size"].astype(float))
    made.set_input("housing_occupancy_status", MONTH, people["status"])
    return made


def seconds_of(work):
    """Return CPU seconds of some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main():
    folder = Path(sys.argv[1])
    people = dict(np.load(folder / "people.npz"))
    system = CountryTaxBenefitSystem()
    took = []
    for _ in range(TIMES):
        made = simulation(system, people)
        took.append(seconds_of(lambda made=made: made.calculate("disposable_income", MONTH)))
    np.save(folder / "disposable_income.npy", made.calculate("disposable_income", MONTH))
    one = [
        seconds_of(lambda: SimulationBuilder().build_from_entities(system, ONE).calculate("disposable_income", MONTH))
        for _ in range(200)
    ]
    figures = {"population": min(took), "one": median(one)}
    (folder / "figures.json").write_text(json.dumps(figures))


if __name__ == "__main__":
    main()
