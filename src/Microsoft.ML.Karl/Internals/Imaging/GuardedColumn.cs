using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl.Internals.Imaging;

/// <summary>A column that throws in rows whose image cannot be read.</summary>
internal sealed class GuardedColumn(StageColumn<ImageTokens> column, string input)
    : StageColumn<ImageTokens>(column.Detached.Name, column.Detached.Type, column.Detached.Annotations)
{
    public override Delegate CreateGetter(Func<ImageTokens> current) => column.CreateGetter(() => Checked(current()));

    public static InvalidOperationException Unreadable(string input, string error) =>
        new($"Column '{input}': {error} (UnreadableImages = KarlUnreadableImages.Mark keeps such rows, with missing values.)");

    private ImageTokens Checked(ImageTokens tokens) => tokens.Error is null ? tokens : throw Unreadable(input, tokens.Error);
}
