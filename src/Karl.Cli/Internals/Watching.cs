using Spectre.Console;

namespace Karl.Cli.Internals;

/// <summary>A progress bar where somebody watches standard error, and lines beside it; just the lines elsewhere.</summary>
internal sealed class Watching
{
    private readonly TextWriter _error;
    private readonly Lock _lock = new();
    private IAnsiConsole? _console;
    private ProgressTask? _task;

    private Watching(TextWriter error) => _error = error;

    /// <summary>Does work under a bar.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="what">What is being done, a word or two.</param>
    /// <param name="countAll">Counts what is to be done, meanwhile, so that the bar knows its end; asked only where somebody watches.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> RunAsync<T>(TextWriter error, string what, Func<long> countAll, Func<Watching, Task<T>> work)
    {
        Watching watching = new(error);
        if (!Terminal.IsWatched(error))
        {
            return await work(watching);
        }

        watching._console = Terminal.Over(error);
        Progress progress = watching._console.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new CountColumn(), new RemainingTimeColumn(), new SpinnerColumn());
        return await progress.StartAsync(async context =>
        {
            ProgressTask task = context.AddTask(what).IsIndeterminate();
            watching._task = task;
            _ = Task.Run(() =>
            {
                task.MaxValue = Math.Max(1, countAll());
                task.IsIndeterminate = false;
            });
            return await work(watching);
        });
    }

    /// <summary>Whether there is a bar, beside which <see cref="Show"/> says what goes on.</summary>
    public bool HasBar => _task is not null;

    /// <summary>Says beside the bar what is being done.</summary>
    public void Show(string what)
    {
        if (_task is not null)
        {
            _task.Description = Markup.Escape(PlainText.OneLine(what));
        }
    }

    /// <summary>One more is done.</summary>
    public void Advance() => _task?.Increment(1);

    /// <summary>One more is done; says what was wrong with it, and which it is.</summary>
    public void Tell(string path, string? problem)
    {
        Advance();
        if (problem is not null)
        {
            Say(problem.Contains(path, StringComparison.Ordinal) ? problem : $"{path}: {problem}");
        }
    }

    /// <summary>Writes a line to standard error, beginning with <c>karl: </c>; may be called from any thread.</summary>
    public void Say(string line)
    {
        line = PlainText.OneLine(line);
        lock (_lock)
        {
            if (_console is null)
            {
                _error.WriteLine($"karl: {line}");
            }
            else
            {
                _console.WriteLine($"karl: {line}");
            }
        }
    }

    private sealed class CountColumn : ProgressColumn
    {
        public override Spectre.Console.Rendering.IRenderable Render(Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.IsIndeterminate ? $"{task.Value:0}" : $"{task.Value:0} of {task.MaxValue:0}");
    }
}
