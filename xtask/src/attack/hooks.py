"""Signs the attacker in as the demonstration's administrator, who may reach the most, and again before the token ends."""

import os

import requests
import schemathesis

PASSWORD = "saturday-on-the-lot"


@schemathesis.auth(refresh_interval=600)
class Administrator:
    def get(self, case, context):
        body = {"email": "admin@prairie.example.com", "password": PASSWORD}
        answer = requests.post(f"{os.environ['ATTACKED']}/api/v1/auth/login", json=body, timeout=20)
        answer.raise_for_status()
        return answer.json()["accessToken"]

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}
