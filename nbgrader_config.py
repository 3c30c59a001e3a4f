"""Settings of every `nbgrader` command and of formgrader, wherever this file lies at the top of a course.

Notebooks flow source/ -> release/ -> submitted/ -> autograded/ -> feedback/, nbgrader's usual folders, named here
because `autograder` relies on them. The gradebook is gradebook.db beside this file.
"""

import os
import shutil
import sysconfig
import warnings
from pathlib import Path

import zmq

from autograder.grading import plain_nbgrader

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "concurrency"
c.CourseDirectory.source_directory = "source"
c.CourseDirectory.release_directory = "release"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"

# nbgrader copies whatever lies beside a notebook. Modules are written anew by the notebook's own cells (%%writefile);
# those that lie about are left over from an earlier run, or hold answers.
c.CourseDirectory.ignore = [".ipynb_checkpoints", ".DS_Store", "__pycache__", "*.pyc", "*.py", "feedback"]

# release/ can always be made again, so `nbgrader generate_assignment` overwrites it, as formgrader does. Without this
# it would skip an assignment that git already holds in release/, and leave the gradebook empty.
c.GenerateAssignment.force = True

# The untouched stub fails every test cell.
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}

# Seconds for one cell. The tests bound what they run themselves, so only code of the student's own cells comes near.
c.ExecutePreprocessor.timeout = 30
# Seconds to wait for a cell's last output: on a busy machine nbgrader's 4 give up a submission that has already run.
c.ExecutePreprocessor.iopub_timeout = 30

# What passes between nbgrader and a kernel, hidden tests too, is not for other users of this machine to listen to.
# Without this each kernel warns that it could be.
if zmq.has("curve"):
    c.KernelManager.transport_encryption = "auto"

# To make a gradebook nbgrader calls `alembic` by name; where the environment is not activated, show where it lies.
if not shutil.which("alembic"):
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])

# `nbgrader autograde`, and formgrader's button for it, grade as `autograder grade` does, and give the same scores.
plain_nbgrader.install()

# Feedback pages are those of `autograder feedback`: nbgrader's own show the hidden tests. They need no preprocessor.
c.GenerateFeedback.exporter_class = "autograder.reporting.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = []

# nbgrader adds a submission to its gradebook in an order that SQLAlchemy remarks on; what is stored is right.
warnings.filterwarnings("ignore", message="Object of type <Submitted", module="nbgrader.api")

# The exchange hands notebooks to and fro between users of one machine. Its usual folder must be made by an
# administrator, and formgrader warns where there is none; a folder exchange/ beside this file takes its place.
exchange = Path(__file__).resolve().with_name("exchange")
if exchange.is_dir():
    c.Exchange.root = str(exchange)
