using Karl.Applications;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Internals;

/// <summary>Work over many images under a progress bar: those that cannot be read are told and counted, and the rest goes on.</summary>
internal sealed class ImageWatch(IReadOnlyList<string> names)
{
    /// <summary>Images and folders that could not be read.</summary>
    public long Failed { get; private set; }

    /// <summary>Does the work in another thread.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="what">What is being done, a word.</param>
    /// <param name="work">Gets the files of the names, as they are found, and whom to tell of each.</param>
    public Task<T> RunAsync<T>(TextWriter error, string what, Func<IEnumerable<string>, Action<ImageProgress>, T> work) => Watching.RunAsync(
        error,
        what,
        () => ImageFiles.Find(names).LongCount(),
        watching => Task.Run(
            () => work(
                ImageFiles.Find(names, problem => Fail(watching, problem)),
                image =>
                {
                    watching.Advance();
                    if (image.Problem is not null)
                    {
                        Fail(watching, image.Problem.Contains(image.Path, StringComparison.Ordinal) ? image.Problem : $"{image.Path}: {image.Problem}");
                    }
                }),
            CancellationToken.None));

    private void Fail(Watching watching, string problem)
    {
        Failed++;
        watching.Say(problem);
    }
}
