"""placeholder"""
import typer

push_app = typer.Typer(help="x")
