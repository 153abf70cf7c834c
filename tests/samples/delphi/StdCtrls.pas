unit StdCtrls;

{ What samples use of the VCL, so that Free Pascal can compile them without it. }

interface

uses
  Classes;

type
  TMemo = class(TComponent)
  private
    FLines: TStrings;
  public
    property Lines: TStrings read FLines;
  end;

implementation

end.
