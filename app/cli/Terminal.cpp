// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Terminal.h"

#include "app/cli/Output.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct TerminalText {
    Q_DECLARE_TR_FUNCTIONS(TerminalText)
};

/// Longest line a terminal hands over in canonical mode (Linux: N_TTY_BUF_SIZE).
constexpr std::size_t longestLine = 4096;

/// A file descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

/// Echo off as long as this lives.
class SilentTerminal
{
public:
    explicit SilentTerminal(int descriptor) : m_descriptor(descriptor)
    {
        m_isSilent = tcgetattr(descriptor, &m_before) == 0;
        if (!m_isSilent)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ECHONL;
        // Suspending here would leave the shell with a terminal that does not echo.
        silent.c_cc[VSUSP] = _POSIX_VDISABLE;
        m_isSilent = tcsetattr(descriptor, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal()
    {
        if (m_isSilent)
            tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
    }
    Q_DISABLE_COPY_MOVE(SilentTerminal)
    [[nodiscard]] bool isSilent() const { return m_isSilent; }

private:
    int m_descriptor;
    bool m_isSilent = false;
    termios m_before{};
};

Failure unavailable()
{
    return fail(ErrorKind::Locked, u"terminal.unavailable"_s,
                TerminalText::tr("The terminal can't be used to ask for the passphrase."),
                TerminalText::tr("Give it with --passphrase-file."));
}

} // namespace

bool hasTerminal()
{
    return isatty(STDIN_FILENO) == 1 || isatty(STDERR_FILENO) == 1;
}

Result<SecretBytes> askSecret(const QString &question, std::stop_token stop)
{
    const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
    std::array<int, 2> ends{-1, -1};
    if (terminal.number() < 0 || ::pipe2(ends.data(), O_CLOEXEC) != 0)
        return unavailable();
    const Descriptor wake(ends[0]);
    const Descriptor waker(ends[1]);
    const std::stop_callback onStop(stop,
                                    [&waker] { [[maybe_unused]] const auto sent = ::write(waker.number(), "x", 1); });

    const SilentTerminal silent(terminal.number());
    if (!silent.isSilent())
        return unavailable();
    const QByteArray prompt = printable(question).toUtf8();
    if (::write(terminal.number(), prompt.data(), static_cast<std::size_t>(prompt.size())) < 0)
        return unavailable();

    std::array<pollfd, 2> sources{pollfd{terminal.number(), POLLIN, 0}, pollfd{wake.number(), POLLIN, 0}};
    while (::poll(sources.data(), sources.size(), -1) < 0 && errno == EINTR) {
    }
    if (stop.stop_requested())
        return cancelled();

    SecretBytes line(longestLine);
    const ssize_t length = ::read(terminal.number(), line.bytes().data(), line.size());
    if (length <= 0)
        return fail(ErrorKind::Locked, u"terminal.closed"_s, TerminalText::tr("No passphrase was entered."));
    const auto text = line.view().first(static_cast<std::size_t>(length));
    line.truncate(static_cast<std::size_t>(std::ranges::find(text, std::byte{'\n'}) - text.begin()));
    return line;
}

} // namespace credenza::cli
