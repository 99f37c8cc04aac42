using System.Globalization;

namespace BgpSharp.Tests.Terminal;

/// <summary>What a terminal of a fixed size shows of the characters it was sent. A sequence it does not know is an error.</summary>
internal sealed class TerminalScreen(int columns, int lines)
{
    private readonly char[][] _cells = [.. Enumerable.Range(0, lines).Select(_ => Blank(columns))];
    private string _pending = "";
    private int _line, _column;

    /// <summary>Lines that went off the top.</summary>
    public int Scrolled { get; private set; }

    /// <summary>The lines, without the blanks at their ends.</summary>
    public IReadOnlyList<string> Lines => [.. _cells.Select(line => new string(line).TrimEnd())];

    public void Write(string text)
    {
        text = _pending + text;
        var i = 0;
        while (i < text.Length)
        {
            var length = text[i] == '\e' ? Escape(text.AsSpan(i)) : Character(text[i]);
            if (length == 0)
            {
                break;
            }

            i += length;
        }

        _pending = text[i..];
    }

    private static char[] Blank(int columns) => [.. Enumerable.Repeat(' ', columns)];

    private int Character(char character)
    {
        switch (character)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                Feed();
                break;
            default:
                if (char.IsControl(character))
                {
                    throw new NotSupportedException($"character {(int)character:X2}");
                }

                // Only the next character leaves the line that is full.
                if (_column == columns)
                {
                    _column = 0;
                    Feed();
                }

                _cells[_line][_column++] = character;
                break;
        }

        return 1;
    }

    private void Feed()
    {
        if (++_line < lines)
        {
            return;
        }

        _line = lines - 1;
        Array.Copy(_cells, 1, _cells, 0, lines - 1);
        _cells[^1] = Blank(columns);
        Scrolled++;
    }

    /// <returns>The length of the sequence; 0: it is not all there yet.</returns>
    private int Escape(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] is '=' or '>')
        {
            return 2; // The keypad.
        }

        if (text[1] != '[')
        {
            throw new NotSupportedException($"ESC {text[1]}");
        }

        var end = text[2..].IndexOfAnyInRange('@', '~');
        if (end < 0)
        {
            return 0;
        }

        Control(text[2 + end], text.Slice(2, end).ToString());
        return 3 + end;
    }

    private void Control(char function, string parameters)
    {
        if (function == 'm' || (function is 'h' or 'l' && parameters.StartsWith('?')))
        {
            return; // Colours, and modes such as the cursor's.
        }

        var numbers = parameters.Length == 0 ? [] : parameters.Split(';').Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        var first = numbers is [var number, ..] ? number : 0;
        switch (function)
        {
            case 'A':
                _line = Math.Max(0, _line - Math.Max(1, first));
                break;
            case 'B':
                _line = Math.Min(lines - 1, _line + Math.Max(1, first));
                break;
            case 'H':
                (_line, _column) = (Math.Clamp(first, 1, lines) - 1, Math.Clamp(numbers.ElementAtOrDefault(1), 1, columns) - 1);
                break;
            case 'J' when first is 0 or 2:
                Clear(first == 2 ? 0 : _line, first == 2 ? 0 : _column);
                break;
            case 'K' when first is 0 or 2:
                var from = first == 2 ? 0 : Math.Min(_column, columns - 1);
                Array.Fill(_cells[_line], ' ', from, columns - from);
                break;
            default:
                throw new NotSupportedException($"CSI {parameters}{function}");
        }
    }

    private void Clear(int line, int column)
    {
        Array.Fill(_cells[line], ' ', Math.Min(column, columns - 1), columns - Math.Min(column, columns - 1));
        for (line++; line < lines; line++)
        {
            Array.Fill(_cells[line], ' ');
        }
    }
}
