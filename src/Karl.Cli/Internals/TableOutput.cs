using System.Globalization;
using Karl.Tokenizers.TokenFiles;
using Spectre.Console;

namespace Karl.Cli.Internals;

/// <summary>Token lines as a table, for people; it shows the first images and counts the rest, so that its memory is bounded.</summary>
internal sealed class TableOutput(TextWriter writer) : ITokenOutput
{
    private const int MostRows = 50;
    private readonly List<TokenLine> _first = [];
    private long _count;

    public int EarlierLines => 0;

    public int EarlierErrors => 0;

    public bool Contains(string path) => false;

    public void Append(TokenLine line)
    {
        _count++;
        if (_first.Count < MostRows)
        {
            _first.Add(line);
        }
    }

    public void Complete()
    {
    }

    /// <summary>Shows the table.</summary>
    public void Print()
    {
        Table table = new Table().RoundedBorder().AddColumns(
            new TableColumn("image"), new TableColumn("tokens").RightAligned(), new TableColumn("bits").RightAligned(), new TableColumn("runs").RightAligned(), new TableColumn("ms").RightAligned());
        foreach (TokenLine line in _first)
        {
            if (line.Tokens is null)
            {
                table.AddRow(new Text(PlainText.OneLine(line.Path)), new Text("-"), new Text("-"), new Text("-"), new Text("-"));
            }
            else
            {
                table.AddRow(
                    new Text(PlainText.OneLine(line.Path)),
                    Number(line.Tokens.Count, "0"),
                    Number(line.Tokens.Bits, "0"),
                    new Text(line.Tokens.Runs?.ToString() ?? "-"),
                    Number(line.Milliseconds, "0"));
            }
        }

        Terminal.Over(writer).Write(table);
        if (_count > _first.Count)
        {
            writer.WriteLine($"and {_count - _first.Count} more; --output FILE.jsonl keeps them all.");
        }
    }

    public void Dispose()
    {
    }

    private static Text Number(double value, string format) => new(value.ToString(format, CultureInfo.InvariantCulture));
}
