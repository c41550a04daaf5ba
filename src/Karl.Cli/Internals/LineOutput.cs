using Karl.Tokenizers.TokenFiles;

namespace Karl.Cli.Internals;

/// <summary>Token lines as text, for a pipe.</summary>
internal sealed class LineOutput(TextWriter writer) : ITokenOutput
{
    public int EarlierLines => 0;

    public int EarlierErrors => 0;

    public bool Contains(string path) => false;

    public void Append(TokenLine line) => writer.Write(line + "\n");

    public void Complete() => writer.Flush();

    public void Dispose()
    {
    }
}
