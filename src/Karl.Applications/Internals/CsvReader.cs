using System.Text;
using Karl.Tokenizers;

namespace Karl.Applications.Internals;

/// <summary>Reads tables that others wrote: CSV (RFC 4180), UTF-8, line feeds with or without a carriage return.</summary>
internal static class CsvReader
{
    private const long MostBytes = 64L << 20;

    /// <summary>All lines as fields; empty lines are left out.</summary>
    /// <exception cref="KarlFormatException">The file is too large, or a quotation mark is not closed.</exception>
    public static List<string[]> Read(string path)
    {
        long bytes = new FileInfo(path).Length;
        if (bytes > MostBytes)
        {
            throw new KarlFormatException($"Table '{path}': found {bytes} bytes, wanted at most {MostBytes}.");
        }

        return Parse(File.ReadAllText(path), path);
    }

    internal static List<string[]> Parse(string text, string name)
    {
        List<string[]> lines = [];
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false, any = false;
        for (int at = 0; at < text.Length; at++)
        {
            char letter = text[at];
            if (quoted)
            {
                if (letter != '"')
                {
                    field.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    field.Append('"');
                    at++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '"' && field.Length == 0)
            {
                quoted = any = true;
            }
            else if (letter == ',')
            {
                EndField();
                any = true;
            }
            else if (letter == '\n')
            {
                EndLine();
            }
            else if (letter != '\r' || at + 1 == text.Length || text[at + 1] != '\n')
            {
                field.Append(letter);
            }
        }

        if (quoted)
        {
            throw new KarlFormatException($"Table '{name}': a quotation mark is not closed before the end; close it.");
        }

        EndLine();
        return lines;

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        void EndLine()
        {
            if (any || field.Length > 0)
            {
                EndField();
                lines.Add([.. fields]);
            }

            fields.Clear();
            any = false;
        }
    }
}
