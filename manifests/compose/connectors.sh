#!/bin/sh
# Gives the worker its connectors, as soon as it and the assembler are ready
set -eu
until curl --fail --silent --output /dev/null http://assembler:9464/ready; do sleep 2; done
until curl --fail --silent --output /dev/null http://connect:8083/connectors; do sleep 2; done
for connector in /connectors/*.json; do
  name=$(basename "$connector" .json)
  curl --fail-with-body --silent --show-error --request PUT --header 'Content-Type: application/json' --data "@$connector" \
    "http://connect:8083/connectors/$name/config"
  echo
done
