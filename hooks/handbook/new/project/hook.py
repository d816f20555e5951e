"""mkdocs.yml 叫得到手冊的程式，靠的是這一行；不用改。"""

from handbook.hook import *
