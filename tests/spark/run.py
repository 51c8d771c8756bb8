"""Runs statements of SQL on Apache Spark: python run.py JOB.json

A job has `tables` (names and Parquet files), `statements`, and `results` (queries
and the folders their rows go to, as Parquet).
"""

import json
import sys

from pyspark.sql import SparkSession


def main(path):
    with open(path, encoding="utf-8") as file:
        job = json.load(file)
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        # Nothing of a test leaves the machine.
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        # More than one, so that an order that is not asked for is not met by chance.
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.warehouse.dir", job["warehouse"])
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    for name, file in job["tables"].items():
        spark.read.parquet(file).createOrReplaceTempView(name)
    for statement in job["statements"]:
        spark.sql(statement)
    for query, folder in job["results"].items():
        spark.sql(query).write.parquet(folder)
    spark.stop()


main(sys.argv[1])
