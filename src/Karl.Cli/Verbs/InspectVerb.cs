using System.CommandLine;
using Karl.Cli.Internals;
using Karl.Export.Inspection;
using Spectre.Console;

namespace Karl.Cli.Verbs;

/// <summary><c>karl inspect FILE</c>: shows what a model bundle, a checkpoint or an ONNX model is and holds.</summary>
internal static class InspectVerb
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A model bundle, a checkpoint (.pth, .ckpt, .bin, .safetensors) or an ONNX model; told apart by content." };
        Option<bool> tensors = new("--tensors") { Description = "List every tensor with type and shape." };
        Command command = new("inspect", "Show what a model bundle, a checkpoint or an ONNX model holds.") { file, tensors };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                UsageException.ThrowUnlessThere(parsed.GetValue(file));
                Show(Inspector.Inspect(parsed.GetValue(file)!.FullName, parsed.GetValue(tensors), cancellationToken), parsed.InvocationConfiguration.Output);
                return KarlCommand.Success;
            },
            CancellationToken.None));
        return command;
    }

    private static void Show(InspectionReport report, TextWriter output)
    {
        if (!Terminal.IsWatched(output))
        {
            output.WriteLine(report);
            return;
        }

        IAnsiConsole console = Terminal.Over(output);
        console.MarkupLineInterpolated($"[bold]{report.FileName}[/]: {report.Kind}");
        foreach (InspectionTable table in report.Tables)
        {
            console.Write(Drawn(table));
        }
    }

    private static Table Drawn(InspectionTable table)
    {
        Table drawn = new Table().RoundedBorder().Title(Markup.Escape(table.Title)).LeftAligned();
        drawn.ShowHeaders = !table.Columns.IsEmpty;
        foreach (string column in table.Columns.IsEmpty ? ["", ""] : table.Columns)
        {
            drawn.AddColumn(Markup.Escape(column));
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow([.. row.Select(Markup.Escape)]);
        }

        return drawn;
    }
}
