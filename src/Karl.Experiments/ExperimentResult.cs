using System.Text;
using Karl.Tokenizers.Charts;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Imaging.Internals;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Experiments;

/// <summary>What an experiment found.</summary>
/// <param name="Name">A word, fit for a file name.</param>
/// <param name="Title">What was done, in one line.</param>
/// <param name="Table">The numbers.</param>
/// <param name="Plot">The same to be looked at.</param>
/// <param name="Broken">Images that could not be read and have no part in it.</param>
public sealed record ExperimentResult(string Name, string Title, ExperimentTable Table, Chart Plot, int Broken)
{
    /// <summary>Title and table as Markdown.</summary>
    public override string ToString() => $"{Title}{(Broken == 0 ? string.Empty : $"; {Broken} more could not be read")}\n\n{Table.ToMarkdown()}";

    /// <summary>Writes <c>NAME.md</c>, <c>NAME.csv</c> and <c>NAME.png</c> into a folder, which is made if it is missing; files of these names are replaced.</summary>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        WholeFile.Write(Path.Join(folder, Name + ".md"), Encoding.UTF8.GetBytes(ToString()));
        WholeFile.Write(Path.Join(folder, Name + ".csv"), Encoding.UTF8.GetBytes(Table.ToCsv()));
        ImageWriter.Write(Plot.Draw(), Path.Join(folder, Name + ".png"));
    }

    /// <summary>Whether a file lies in a folder, where results could replace it, also through symbolic links.</summary>
    public static bool LiesIn(string folder, string path) => new FolderBoundary(folder).Holds(path);
}
