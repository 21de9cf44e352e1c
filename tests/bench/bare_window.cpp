// SPDX-License-Identifier: Apache-2.0
// What any Qt Widgets program pays: a main window with a table and a form, and nothing else.
#include "app/credenza/FirstPaint.h"

#include <QApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMainWindow>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QApplication::setStyle(u"Fusion"_s);

    QMainWindow window;
    auto *centre = new QWidget;
    auto *layout = new QHBoxLayout(centre);
    auto *table = new QTableWidget(12, 4);
    for (int row = 0; row < table->rowCount(); ++row) {
        for (int column = 0; column < table->columnCount(); ++column)
            table->setItem(row, column, new QTableWidgetItem(u"Row %1, column %2"_s.arg(row).arg(column)));
    }
    layout->addWidget(table, 1);
    auto *form = new QFormLayout;
    form->addRow(u"Name"_s, new QLineEdit);
    form->addRow(u"URL"_s, new QLineEdit);
    form->addRow(u"Client"_s, new QLineEdit);
    form->addRow(u"Key"_s, new QPlainTextEdit);
    form->addRow(new QPushButton(u"Save"_s));
    layout->addLayout(form, 1);
    window.setCentralWidget(centre);
    window.resize(1280, 820);
    if (!QApplication::arguments().contains(u"--stay"_s))
        new credenza::FirstPaint(window); // owned by the window
    window.show();
    return QApplication::exec();
}
